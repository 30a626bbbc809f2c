import type { StoredAlert } from './alert';
import type { AlertLog } from './alert-log';
import type { Errand, Tell } from './errand';
import type { Notice, Notices } from './notices';
import { sentAlert } from './sent-alerts';

/** An alert that was over for so long is no news any more, even to a webhook that was away. */
const NEWS_FOR_SECONDS = 7 * 86_400;
/** Another replica may still be writing that an alert was over so long ago. */
const SETTLES_AFTER_SECONDS = 3_600;
const LARGEST_MESSAGE = 64;

export interface NewsSettings {
  readonly webhook: string;
  /** Epoch seconds. */
  readonly now: () => number;
  readonly resendSeconds: number;
  /** Longer than telling it may take, in real seconds. */
  readonly holdSeconds: number;
}

/**
 * Tells each beginning and each end of an alert once, in their order, whichever replica it is. A
 * piece of news is noted after it was told: a process that dies in between has its successor tell it
 * again, so at least once it is told.
 */
export class NewsErrand implements Errand {
  constructor(
    private readonly log: AlertLog,
    private readonly notices: Notices,
    private readonly settings: NewsSettings,
  ) {}

  async run(tell: Tell): Promise<void> {
    const since = await this.hold();
    if (since === null) return;
    try {
      await this.tellNews(tell, since);
    } finally {
      // After a failure another replica may fare better.
      await this.notices.release(this.settings.webhook);
    }
  }

  private async tellNews(tell: Tell, since: number): Promise<void> {
    const { webhook, now, resendSeconds } = this.settings;
    const readAt = now();
    const [alerts, noted] = await Promise.all([
      this.log.told(Math.max(since, readAt - NEWS_FOR_SECONDS)),
      this.notices.noted(webhook),
    ]);
    for (const message of messages(newsOf(alerts, noted))) {
      if ((await this.hold()) === null) return;
      await tell(message.map(({ alert, state }) => sentAlert(alert, now(), resendSeconds, state)));
      await this.notices.note(
        webhook,
        message.map(({ alert, state }) => ({ alertId: alert.id, state })),
      );
    }
    if (readAt - since > 2 * SETTLES_AFTER_SECONDS) {
      await this.notices.settle(webhook, readAt - SETTLES_AFTER_SECONDS);
    }
  }

  private hold(): Promise<number | null> {
    const { webhook, holdSeconds, now } = this.settings;
    return this.notices.hold(webhook, holdSeconds, now());
  }
}

interface News {
  readonly alert: StoredAlert;
  readonly state: Notice['state'];
  readonly at: number;
}

/** What has not been told, in the order in which it happened. */
function newsOf(alerts: readonly StoredAlert[], noted: readonly Notice[]): readonly News[] {
  const known = new Set(noted.map(({ alertId, state }) => `${state} ${alertId}`));
  return alerts
    .flatMap((alert): readonly News[] => [
      { alert, state: 'firing', at: alert.startedAt },
      ...(alert.endedAt === null ? [] : [{ alert, state: 'resolved' as const, at: alert.endedAt }]),
    ])
    .filter(({ alert, state }) => !known.has(`${state} ${alert.id}`))
    .sort((a, b) => a.at - b.at || (a.state === b.state ? 0 : a.state === 'firing' ? -1 : 1));
}

/** What happened at once to the groups of one SLO is one message. */
function messages(news: readonly News[]): readonly (readonly News[])[] {
  const all: News[][] = [];
  for (const each of news) {
    const last = all.at(-1);
    const [first] = last ?? [];
    const together =
      first !== undefined &&
      (last?.length ?? 0) < LARGEST_MESSAGE &&
      first.at === each.at &&
      topicOf(first) === topicOf(each);
    if (together) last?.push(each);
    else all.push([each]);
  }
  return all;
}

function topicOf({ alert: { alertname, service, name }, state }: News): string {
  return [alertname, service, name, state].join(' ');
}
