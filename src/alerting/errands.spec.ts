import { ALERT_NAMES, type StoredAlert } from './alert';
import type { AlertLog } from './alert-log';
import type { SentAlert } from './alert-receiver';
import { NewsErrand } from './news-errand';
import { type Notice, Notices } from './notices';
import { resendSeconds } from './sent-alerts';
import { StandingErrand } from './standing-errand';

const RESEND = 60;

function stored(id: number, over: Partial<StoredAlert> = {}): StoredAlert {
  const windows = { tier: 'page-quick', longSeconds: 3600, shortSeconds: 300, factor: 14.4 };
  const figures = { burnLong: 20, burnShort: 20, bad: 2, total: 100, remainingRatio: 0.5 };
  return {
    id: String(id),
    alertname: ALERT_NAMES.burn,
    service: 'shop',
    name: 'api',
    group: null,
    kind: 'page',
    severity: 'page',
    windows,
    heldBy: null,
    objective: '0.999',
    startedAt: 1000,
    atStart: figures,
    labels: { id: String(id) },
    annotations: { dashboard_url: `http://slo/${id}` },
    endedAt: null,
    endedBy: null,
    atEnd: null,
    ...over,
  };
}

const over = (endedAt: number) => ({ endedAt, endedBy: 'recovered' as const });

/** What the log tells; the errands ask nothing else of it. */
function logOf(alerts: StoredAlert[]): AlertLog {
  const told = (since: number) =>
    Promise.resolve(alerts.filter(({ endedAt }) => endedAt === null || endedAt >= since));
  return { told } as Partial<AlertLog> as AlertLog;
}

/** Notes in memory, and another replica that may keep the webhook. */
class MemoryNotices extends Notices {
  readonly all: Notice[] = [];
  since: number | null = null;
  heldByOther = false;
  held = false;

  hold(_webhook: string, _seconds: number, now: number): Promise<number | null> {
    if (this.heldByOther) return Promise.resolve(null);
    this.held = true;
    this.since ??= now;
    return Promise.resolve(this.since);
  }

  release(): Promise<void> {
    this.held = false;
    return Promise.resolve();
  }

  noted(): Promise<readonly Notice[]> {
    return Promise.resolve(this.all);
  }

  note(_webhook: string, notices: readonly Notice[]): Promise<void> {
    this.all.push(...notices);
    return Promise.resolve();
  }

  settle(_webhook: string, before: number): Promise<void> {
    this.since = before;
    return Promise.resolve();
  }
}

describe('telling how alerts stand', () => {
  let now: number;
  let alerts: StoredAlert[];
  let sent: SentAlert[][];
  let errand: StandingErrand;
  const run = () =>
    errand.run((told) => {
      sent.push([...told]);
      return Promise.resolve();
    });

  beforeEach(() => {
    now = 1010;
    alerts = [];
    sent = [];
    errand = new StandingErrand(logOf(alerts), () => now, RESEND);
  });

  it('says that nothing fires, so that a receiver which is away is known before it is needed', async () => {
    await run();
    await run();
    expect(sent).toEqual([[]]);
    now += RESEND;
    await run();
    expect(sent).toEqual([[], []]);
  });

  it('says of what fires that it holds for four resends', async () => {
    alerts.push(stored(1));
    await run();
    expect(sent).toEqual([
      [
        {
          labels: { id: '1' },
          annotations: { dashboard_url: 'http://slo/1' },
          startsAt: 1000,
          endsAt: 1010 + 4 * RESEND,
          generatorUrl: 'http://slo/1',
        },
      ],
    ]);
  });

  it('says it again after a while, and at once when something changes', async () => {
    alerts.push(stored(1));
    await run();
    now += RESEND - 1;
    await run();
    expect(sent).toHaveLength(1);
    now += 1;
    await run();
    expect(sent).toHaveLength(2);
    alerts.push(stored(2));
    await run();
    expect(sent[2]?.map(({ labels }) => labels['id'])).toEqual(['1', '2']);
    alerts[0] = stored(1, over(1070));
    await run();
    expect(sent[3]?.map(({ endsAt }) => endsAt)).toEqual([1070, now + 4 * RESEND]);
  });

  it('says for a quarter of an hour that something is over', async () => {
    alerts.push(stored(1, over(1010)));
    for (; now <= 1010 + 900; now += RESEND) await run();
    expect(sent.map((told) => told.length)).toEqual(Array.from({ length: 16 }, () => 1));
    now = 1010 + 901;
    await run();
    expect(sent.at(-1)).toEqual([]);
  });

  it('says of what fires again that it fires, not that it was over', async () => {
    alerts.push(stored(1, { ...over(1005), labels: { a: '1', b: '2' } }));
    alerts.push(stored(2, { startedAt: 1009, labels: { b: '2', a: '1' } }));
    await run();
    expect(sent.map((told) => told.map(({ startsAt }) => startsAt))).toEqual([[1009]]);
  });

  it('says after a failure what is true by then', async () => {
    alerts.push(stored(1));
    await expect(errand.run(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    alerts[0] = stored(1, over(1011));
    await run();
    expect(sent).toEqual([[expect.objectContaining({ endsAt: 1011 })]]);
  });

  it.each([
    [15, 60],
    [60, 60],
    [300, 300],
  ])('evaluated every %d s it is said again every %d s', (interval, seconds) => {
    expect(resendSeconds(interval)).toBe(seconds);
  });
});

describe('telling news', () => {
  let now: number;
  let alerts: StoredAlert[];
  let sent: string[];
  let notices: MemoryNotices;
  let fail: (() => Error | null) | null;
  let errand: NewsErrand;
  const run = () =>
    errand.run((told) => {
      const failure = fail?.() ?? null;
      if (failure !== null) return Promise.reject(failure);
      sent.push(
        told
          .map(
            ({ labels, endsAt }) => `${labels['id'] ?? ''} ${endsAt > now ? 'fires' : 'is over'}`,
          )
          .join(', '),
      );
      return Promise.resolve();
    });

  beforeEach(async () => {
    now = 1010;
    alerts = [];
    sent = [];
    fail = null;
    notices = new MemoryNotices();
    errand = new NewsErrand(logOf(alerts), notices, {
      webhook: 'hook',
      now: () => now,
      resendSeconds: RESEND,
      holdSeconds: 20,
    });
    await run();
  });

  afterEach(() => {
    expect(notices.held).toBe(false);
  });

  it('tells each piece once', async () => {
    alerts.push(stored(1));
    await run();
    await run();
    alerts[0] = stored(1, over(1012));
    now = 1012;
    await run();
    await run();
    expect(sent).toEqual(['1 fires', '1 is over']);
  });

  it('begins with what is open, and not with what was over', async () => {
    notices.since = null;
    alerts.push(stored(1, over(1009)), stored(2));
    await run();
    expect(sent).toEqual(['2 fires']);
  });

  it('tells one that was away all that happened, in its order', async () => {
    alerts.push(stored(1, over(1030)), stored(2, { startedAt: 1020, name: 'web' }));
    now = 1040;
    await run();
    expect(sent).toEqual(['1 fires', '2 fires', '1 is over']);
  });

  it('puts into one message what happened at once to one SLO', async () => {
    alerts.push(stored(1), stored(2), stored(3, { name: 'web' }), stored(4, { startedAt: 1001 }));
    await run();
    expect(sent).toEqual(['1 fires, 2 fires', '3 fires', '4 fires']);
  });

  it('splits what is too much for one message', async () => {
    alerts.push(...Array.from({ length: 130 }, (_, id) => stored(id)));
    await run();
    expect(sent.map((message) => message.split(', ').length)).toEqual([64, 64, 2]);
  });

  it('goes on after a failure where it stopped', async () => {
    alerts.push(stored(1), stored(2, { startedAt: 1001 }), stored(3, { startedAt: 1002 }));
    let messages = 0;
    fail = () => (++messages === 2 ? new Error('away') : null);
    await expect(run()).rejects.toThrow('away');
    await run();
    expect(sent).toEqual(['1 fires', '2 fires', '3 fires']);
  });

  it('leaves it to the replica that keeps the webhook', async () => {
    alerts.push(stored(1), stored(2, { startedAt: 1001 }));
    notices.heldByOther = true;
    await run();
    expect(sent).toEqual([]);
    notices.heldByOther = false;
    // Lost after the first message, as by a process that stood still for too long.
    fail = () => {
      notices.heldByOther = true;
      return null;
    };
    await run();
    expect(sent).toEqual(['1 fires']);
    notices.held = false;
  });

  it('does not tell what was over for a week', async () => {
    alerts.push(stored(1, over(1011)), stored(2, over(1012)));
    now = 1012 + 7 * 86_400;
    await run();
    expect(sent).toEqual(['2 fires', '2 is over']);
  });

  it('forgets in time what it told, and never tells it again', async () => {
    alerts.push(stored(1, over(1010)));
    await run();
    now += 7_201;
    await run();
    expect(notices.since).toBe(now - 3_600);
    notices.all.splice(0);
    await run();
    expect(sent).toEqual(['1 fires', '1 is over']);
  });
});
