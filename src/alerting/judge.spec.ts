import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { MemoryFiring } from '../../test/support/memory-firing';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { Board } from '../evaluation/board';
import { Evaluator } from '../evaluation/evaluator';
import { alertKey, type OpenAlert, type StoredAlert } from './alert';
import { transitions } from './judge';

const MINUTE = 60;
const START = Date.parse('2026-11-02T00:00:00Z') / 1000;
const LINKS = { externalUrl: 'https://slo.example.com', runbookBaseUrl: 'https://git.example.com' };

/** An SLO whose minutes are written by hand and judged one by one, as ticks do it. */
function judging(slo: Slo, options: { group?: Record<string, string>; reading?: boolean } = {}) {
  const ledger = new MemoryLedger();
  const stream = ledger.begin(slo, START, options);
  const board = new Board();
  const firing = new MemoryFiring();
  const history = new MemoryDefinitionHistory();
  const evaluator = new Evaluator(ledger, board, () => 0, history, firing);
  let open: StoredAlert[] = [];
  let ids = 0;
  const told: string[] = [];
  const at = async (instant: number, slos: readonly Slo[] = [slo]) => {
    await evaluator.evaluate(slos, instant);
    const { figures } = board.current();
    const unheard = (each: { readonly dataAgeSeconds: number | null }) =>
      each.dataAgeSeconds === null ? instant - START : 0;
    const { begun, ended } = transitions(open.map(keyed), figures, instant, LINKS, {
      neverSeenFor: unheard,
      isBeingRead: () => options.reading ?? false,
    });
    const minute = (instant - START) / MINUTE;
    for (const alert of begun) {
      const held = alert.heldBy === null ? '' : ` held by ${alert.heldBy}`;
      told.push(`${minute}: ${alert.alertname} ${alert.windows?.tier ?? ''}${held}`.trim());
    }
    for (const { id, endedBy } of ended) {
      const alert = open.find((each) => each.id === id);
      told.push(`${minute}: ${alert?.windows?.tier ?? alert?.alertname ?? ''} ${endedBy}`);
    }
    const gone = new Set(ended.map(({ id }) => id));
    open = [
      ...open.filter(({ id }) => !gone.has(id)),
      ...begun.map((alert) => ({
        ...alert,
        id: String((ids += 1)),
        ...{ endedAt: null, endedBy: null, atEnd: null },
      })),
    ];
    firing.keep(figures);
  };
  const minutes = async (count: number, good: number, bad: number) => {
    for (let k = 0; k < count; k += 1) {
      stream.step(MINUTE, { good, bad });
      await at(stream.end);
    }
  };
  return { stream, at, minutes, told, open: () => open };
}

function keyed(alert: StoredAlert): OpenAlert {
  return { ...alert, key: alertKey(alert) };
}

/** Two days without an error, before anything is judged. */
function quiet(judged: ReturnType<typeof judging>): void {
  judged.stream.until(START + 2 * 86_400, MINUTE, { good: 1_000 });
}

/** Minutes counted from when it was quiet no more. */
function afterQuiet(told: readonly string[]): readonly string[] {
  return told.map((line) => line.replace(/^\d+/, (minute) => String(Number(minute) - 2 * 1_440)));
}

describe('alerts of a burning budget', () => {
  it('begin and end tier by tier, an outage of a third from minute 0 to 30', async () => {
    const judged = judging(sloWith());
    quiet(judged);
    await judged.minutes(30, 667, 333);
    await judged.minutes(60, 1_000, 0);
    // Bad minutes over the factor: 14.4 x 60 / 333 = 2.6, 6 x 360 / 333 = 6.5, 3 x 1440 / 333 = 13, and
    // 1 over the two days that the longest window knows. A short window is clear once it is past it.
    expect(afterQuiet(judged.told.filter((line) => !line.includes('Exhausted')))).toEqual([
      '3: SLOErrorBudgetBurn page-quick',
      '7: SLOErrorBudgetBurn page-slow',
      '9: SLOErrorBudgetBurn ticket-slow',
      '13: SLOErrorBudgetBurn ticket-quick',
      '35: page-quick recovered',
      '60: page-slow recovered',
    ]);
  });

  it('say what they are about and by which figures they began', async () => {
    const slo = sloWith({
      team: 'cars',
      labels: { region: 'eu', severity: 'mine' },
      alerting: {
        runbook: 'docs/runbooks/api.md',
        labels: { channel: '#ops', topic: 'api' },
        annotations: { note: 'call first', summary: 'mine' },
        tiers: [
          { kind: 'page', severity: 'P0', disabled: false, labels: { channel: '#pages' } },
          { kind: 'ticket', severity: 'P2', disabled: false, labels: { queue: 'web' } },
        ],
      },
    });
    const judged = judging(slo, { group: { endpoint: '/a b', long: 'x' } });
    quiet(judged);
    await judged.minutes(3, 600, 400);
    const [alert] = judged.open();
    expect(alert?.labels).toEqual({
      alertname: 'SLOErrorBudgetBurn',
      service: 'shop',
      slo: 'api-errors',
      severity: 'P0',
      long: '1h',
      short: '5m',
      team: 'cars',
      region: 'eu',
      channel: '#pages',
      topic: 'api',
      endpoint: '/a b',
      group_long: 'x',
    });
    expect(alert?.annotations).toMatchObject({
      note: 'call first',
      runbook_url: 'https://git.example.com/docs/runbooks/api.md',
      dashboard_url:
        'https://slo.example.com/slos/shop/api-errors?label.endpoint=%2Fa+b&label.long=x',
      summary:
        'shop/api-errors{endpoint="/a b", long="x"} burns its error budget 20 times too fast over 1h',
    });
    expect(alert?.annotations['description']).toMatch(
      /^Over the last 1h 1200 of 60000 events were bad: 20 times what objective 99.9 % allows, and 240 times over the last 5m; it fires above 14.4\. \d/,
    );
    expect(alert?.atStart).toMatchObject({ bad: 1_200, total: 60_000 });
    await judged.minutes(60, 600, 400);
    const ofKind = (kind: string) =>
      judged.open().filter((each) => each.kind === kind && each.heldBy === null);
    expect(ofKind('ticket').length).toBeGreaterThan(0);
    for (const ticket of ofKind('ticket')) {
      expect(ticket.labels).toMatchObject({ channel: '#ops', topic: 'api', queue: 'web' });
    }
    for (const page of ofKind('page')) expect(page.labels).not.toHaveProperty('queue');
    expect(alert?.atStart.burnLong).toBeCloseTo(20, 9);
  });

  it('are held back by a guard, and that is told; more of it lets them go', async () => {
    const judged = judging(sloWith({ minBadEvents: 100 }));
    judged.stream.until(START + 2 * 86_400, MINUTE, { good: 10 });
    await judged.minutes(6, 0, 10);
    await judged.minutes(6, 0, 20);
    const quick = judged.told.filter((line) => line.includes('page-quick'));
    expect(afterQuiet(quick)).toEqual([
      '1: SLOErrorBudgetBurn page-quick held by minBadEvents',
      '8: SLOErrorBudgetBurn page-quick',
      '8: page-quick recovered',
    ]);
  });

  it('stay as they are while too little is known, and end with their SLO', async () => {
    const judged = judging(sloWith());
    quiet(judged);
    await judged.minutes(3, 500, 500);
    const before = judged.open().map(alertKey);
    expect(before).not.toEqual([]);
    judged.stream.until(judged.stream.end + 10 * MINUTE, MINUTE, { good: 0, coveredSeconds: 0 });
    await judged.at(judged.stream.end);
    expect(judged.open().map(alertKey)).toEqual(before);
    await judged.at(judged.stream.end + MINUTE, []);
    expect(judged.open()).toEqual([]);
    expect(judged.told.at(-1)).toMatch(/gone$/);
  });
});

describe('the other alerts', () => {
  it('tell of a spent budget until some of it is back', async () => {
    const judged = judging(sloWith({ alerting: { runbook: null, labels: {}, tiers: [] } }));
    judged.stream.until(START + 86_400, MINUTE, { good: 1_000 });
    await judged.minutes(2, 0, 1_000);
    const exhausted = judged.open().find(({ alertname }) => alertname.endsWith('Exhausted'));
    expect(exhausted).toMatchObject({ kind: 'ticket', severity: 'ticket', windows: null });
    expect(exhausted?.atStart.remainingRatio).toBeLessThan(0);
    // 1 442 minutes of 1 000 allow 1 442 bad ones; with 600 more minutes they allow 2 042.
    judged.stream.until(judged.stream.end + 600 * MINUTE, MINUTE, { good: 1_000 });
    await judged.at(judged.stream.end);
    expect(judged.told.at(-1)).toMatch(/SLOErrorBudgetExhausted recovered/);
  });

  it('say nothing of a budget whose history is still being read', async () => {
    const judged = judging(sloWith(), { reading: true });
    judged.stream.until(START + 86_400, MINUTE, { good: 1_000 });
    await judged.minutes(2, 0, 1_000);
    expect(judged.open().filter(({ alertname }) => alertname.endsWith('Exhausted'))).toEqual([]);
  });

  it('tell of missing data after a quarter of an hour, also where there never was any', async () => {
    const judged = judging(sloWith());
    for (let minute = 1; minute <= 20; minute += 1) await judged.at(START + minute * MINUTE);
    expect(judged.told).toEqual(['16: SLONoData']);
    judged.stream.until(START + 21 * MINUTE, MINUTE, { good: 1 });
    await judged.at(START + 21 * MINUTE);
    expect(judged.told.at(-1)).toBe('21: SLONoData recovered');
  });

  it('are silent where the definition switches them off', async () => {
    const off = { severity: null, disabled: true };
    const judged = judging(
      sloWith({
        alerting: { runbook: null, labels: {}, tiers: [], exhausted: off, noData: off },
      }),
    );
    for (let minute = 1; minute <= 20; minute += 1) await judged.at(START + minute * MINUTE);
    expect(judged.told).toEqual([]);
  });
});
