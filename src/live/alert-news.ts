import { toMillisecond } from '../domain/instant';
import type { StoredAlert } from '../alerting/alert';
import type { AlertLog } from '../alerting/alert-log';
import { sloId } from '../domain/slo';
import type { LiveAlert } from './events.dto';

/** Another replica may have judged a tick after this one had looked. */
const OVERLAP_SECONDS = 300;

/** What the shared log says of alerts that it did not say the last time. */
export class AlertNews {
  private lookedAt: number | null = null;
  private known: ReadonlySet<string> = new Set();

  constructor(private readonly log: Pick<AlertLog, 'changed'>) {}

  /** @param at the step that was judged last, epoch seconds */
  async upTo(at: number): Promise<readonly LiveAlert[]> {
    const changed = await this.log.changed((this.lookedAt ?? at) - OVERLAP_SECONDS);
    const { known } = this;
    this.lookedAt = at;
    this.known = new Set(changed.map(newsKey));
    return changed.filter((alert) => !known.has(newsKey(alert))).map(liveAlert);
  }
}

function newsKey({ id, endedAt }: StoredAlert): string {
  return `${id} ${endedAt === null ? 'began' : 'ended'}`;
}

function liveAlert(alert: StoredAlert): LiveAlert {
  const { id, alertname, group, severity, startedAt, endedAt } = alert;
  return {
    id,
    alertname,
    slo: sloId(alert),
    group,
    severity,
    state: endedAt === null ? 'firing' : 'resolved',
    startedAt: toMillisecond(startedAt),
    endedAt: endedAt === null ? null : toMillisecond(endedAt),
  };
}
