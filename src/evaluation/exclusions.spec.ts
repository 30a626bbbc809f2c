import { excluded, figuresExcluding as figures } from '../../test/support/excluding';
import { burnOver } from '../../test/support/figures';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { slicesWith, sloWith, uptimeWith } from '../../test/support/slos';
import type { Treatment } from '../domain/exclusion';
import type { Exclusion } from '../domain/exclusion-scope';
import type { Group, Slo } from '../domain/slo';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 9, 1) / 1000;
const END = START + 30 * DAY;

/** Thirty days of a 99.9 % SLO that was down for an hour, 45 minutes of it within four planned hours. */
function downForAnHour(slo: Slo, unit: number, scale: bigint): MemoryLedger {
  const ledger = new MemoryLedger();
  const of = (seconds: number) => (BigInt(seconds) * scale) / BigInt(unit);
  ledger
    .begin(slo, START, { scale })
    .until(START + 10 * DAY, 5 * MINUTE, { good: of(300) })
    .until(START + 10 * DAY + 45 * MINUTE, 5 * MINUTE, { good: 0, bad: of(300) })
    .until(START + 20 * DAY, 5 * MINUTE, { good: of(300) })
    .until(START + 20 * DAY + 15 * MINUTE, 5 * MINUTE, { good: 0, bad: of(300) })
    .until(END, 5 * MINUTE, { good: of(300) });
  return ledger;
}

const planned = (treatment: Treatment) =>
  excluded(START + 10 * DAY - HOUR, START + 10 * DAY + 3 * HOUR, { treatment });

describe('an hour of downtime, of which 45 minutes were planned', () => {
  const kinds: readonly (readonly [string, Slo, number, bigint])[] = [
    ['an availability', uptimeWith(), 1, 1_000n],
    ['slices of five minutes', slicesWith(), 300, 1n],
    ['steady traffic, one event a second', sloWith(), 1, 1n],
  ];

  it.each(kinds)('%s: raw, the budget is overspent', async (_, slo, unit, scale) => {
    const { budget } = await figures(downForAnHour(slo, unit, scale), slo, []);
    expect(budget.budget?.remainingRatio).toBeCloseTo(-0.388888888889, 12);
    expect(budget.raw.remainingRatio).toBe(budget.budget?.remainingRatio);
    expect(budget.exclusions).toEqual([]);
  });

  it.each(kinds)('%s: dropped, four hours are not there', async (_, slo, unit, scale) => {
    const { budget } = await figures(downForAnHour(slo, unit, scale), slo, [planned('drop')]);
    expect(budget.budgetSeconds / 60).toBeCloseTo(42.96, 12);
    expect(budget.spent?.consumedSeconds).toBe(15 * MINUTE);
    expect(budget.budget?.remainingRatio).toBeCloseTo(0.650837988827, 12);
    expect(budget.raw.remainingRatio).toBeCloseTo(-0.388888888889, 12);
    expect(budget.coverageRatio).toBe(1);
  });

  it.each(kinds)('%s: counted good, the time stays', async (_, slo, unit, scale) => {
    const { budget } = await figures(downForAnHour(slo, unit, scale), slo, [planned('countGood')]);
    expect(budget.budgetSeconds / 60).toBeCloseTo(43.2, 12);
    expect(budget.budget?.remainingRatio).toBeCloseTo(0.652777777778, 12);
    expect(budget.raw.remainingRatio).toBeCloseTo(-0.388888888889, 12);
  });
});

describe('what touched a window', () => {
  it('is told with its edges as rounded, its reason and who said so', async () => {
    const slo = sloWith();
    const ledger = downForAnHour(slo, 1, 1n);
    const inside = excluded(START + DAY + 7, START + DAY + 8, { id: 'a' });
    const before = excluded(START - 2 * DAY, START - DAY, { id: 'b' });
    const elsewhere = excluded(START + DAY, START + 2 * DAY, {
      id: 'c',
      scope: { kind: 'service', service: 'mail' },
    });
    const { budget } = await figures(ledger, slo, [before, inside, elsewhere]);
    expect(budget.exclusions).toEqual([
      {
        id: 'a',
        treatment: 'drop',
        reason: 'moving house',
        author: 'ops',
        from: START + DAY,
        to: START + DAY + 300,
        occurrences: 1,
        seconds: 300,
      },
    ]);
    expect(budget.events.total).toBe(30n * 86_400n - 300n);
  });

  it.each<[string, Exclusion['scope'], boolean]>([
    ['its SLO', { kind: 'slo', service: 'shop', name: 'api-errors' }, true],
    ['its name before', { kind: 'slo', service: 'shop', name: 'errors' }, true],
    ['another SLO', { kind: 'slo', service: 'shop', name: 'latency' }, false],
    ['a label that it has', { kind: 'label', name: 'tier', value: '1' }, true],
    ['another value of it', { kind: 'label', name: 'tier', value: '2' }, false],
    ['another service', { kind: 'service', service: 'shop-two' }, false],
  ])('is found by %s', async (_, scope, found) => {
    const slo = sloWith({ labels: { tier: '1' }, renamedFrom: 'shop/errors' });
    const ledger = downForAnHour(slo, 1, 1n);
    const { budget } = await figures(ledger, slo, [excluded(START, START + HOUR, { scope })]);
    expect(budget.exclusions).toHaveLength(found ? 1 : 0);
    expect(budget.events.total === 30n * 86_400n).toBe(!found);
  });

  it('may be written in the definition', async () => {
    const when = { kind: 'once', from: START, to: START + HOUR } as const;
    const slo = sloWith({
      exclusions: [{ when, treatment: 'drop', reason: 'launch', author: 'ann', group: null }],
    });
    const { budget } = await figures(downForAnHour(slo, 1, 1n), slo, []);
    expect(budget.exclusions).toMatchObject([{ id: 'shop.api-errors.1', author: 'ann' }]);
    expect(budget.events.total).toBe(30n * 86_400n - 3_600n);
  });

  it('is one group where labels name it', async () => {
    const slo = sloWith({ groupBy: ['endpoint'] });
    const ledger = new MemoryLedger();
    for (const endpoint of ['/a', '/b']) {
      ledger
        .begin(slo, START, { group: { endpoint } })
        .until(START + DAY, HOUR, { good: 9, bad: 1 });
    }
    const one = excluded(START, START + HOUR, { group: { endpoint: '/a' } });
    const at = START + DAY;
    const of = async (group: Group) => (await figures(ledger, slo, [one], at, group)).budget;
    expect((await of({ endpoint: '/a' })).events.total).toBe(230n);
    expect((await of({ endpoint: '/b' })).events.total).toBe(240n);
    const together = await of(null);
    expect(together.events.total).toBe(470n);
    // The time is still there: the other group counted in it.
    expect(together.budgetSeconds).toBe(2_592);
    expect(together.exclusions).toHaveLength(1);
  });
});

describe('burn and coverage within excluded time', () => {
  const slo = sloWith();
  const bad = (treatment: Treatment) =>
    excluded(END - HOUR, END + HOUR, { treatment, id: treatment });

  it.each<Treatment>(['drop', 'countGood'])('%s: all of a window excluded burns 0', async (how) => {
    const ledger = new MemoryLedger();
    ledger
      .begin(slo, START)
      .until(END - HOUR, HOUR, { good: 3_600 })
      .until(END, MINUTE, { good: 0, bad: 60 });
    const { burn, tiers, status } = await figures(ledger, slo, [bad(how)]);
    const hour = burn.find(({ windowSeconds }) => windowSeconds === HOUR);
    expect(hour).toMatchObject({ burnRate: 0, coverageRatio: 1, reason: null });
    expect(hour?.raw).toMatchObject({ events: { good: 0n, total: 3_600n } });
    expect(hour?.raw.burnRate).toBeCloseTo(1_000, 9);
    expect(tiers.filter(({ firing }) => firing)).toEqual([]);
    expect(status).toBe('healthy');
  });

  it('nothing collected in dropped time is neither missing nor no data', async () => {
    const ledger = new MemoryLedger();
    ledger
      .begin(slo, START)
      .until(END - HOUR, HOUR, { good: 3_600 })
      .missing(END, MINUTE);
    const without = await figures(ledger, slo, []);
    expect(without.status).toBe('no_data');
    expect(burnOver(without, HOUR).burnRate).toBeNull();
    const told = await figures(ledger, slo, [bad('drop')]);
    expect(told.status).toBe('healthy');
    expect(burnOver(told, HOUR)).toMatchObject({ burnRate: 0, coverageRatio: 1 });
    expect(burnOver(told, 2 * HOUR)).toMatchObject({ burnRate: 0, coverageRatio: 1 });
    expect(told.dataAgeSeconds).toBe(HOUR);
    expect(told.budget.coverageRatio).toBe(1);
  });

  it('coverage is judged on what remains', async () => {
    const ledger = new MemoryLedger();
    ledger
      .begin(slo, START)
      .until(END - HOUR, HOUR, { good: 3_600 })
      .until(END - 30 * MINUTE, MINUTE, { good: 60 })
      .missing(END, MINUTE);
    const half = excluded(END - HOUR, END - 30 * MINUTE);
    const { burn } = await figures(ledger, slo, [half]);
    const hour = burn.find(({ windowSeconds }) => windowSeconds === HOUR);
    expect(hour).toMatchObject({ burnRate: null, coverageRatio: 0 });
    expect(hour?.reason).toBe(
      'the source was seen in 0 % of what exclusions leave of the last 1h, less than half',
    );
  });

  it('a window of which nothing is left has its whole budget, and says why there is no SLI', async () => {
    const ledger = new MemoryLedger();
    ledger.begin(slo, START).until(END, HOUR, { good: 0, bad: 60 });
    const all = excluded(START, END);
    const { budget } = await figures(ledger, slo, [all]);
    expect(budget).toMatchObject({
      sliRatio: null,
      budget: { remainingRatio: 1 },
      coverageRatio: 1,
    });
    expect(budget.band).toEqual({ remainingRatioWorst: 1, remainingRatioBest: 1 });
    expect(budget.reason).toMatch(/^everything between .* is excluded, so that nothing is spent$/);
    expect(budget.raw.sliRatio).toBe(0);
  });
});

describe('time-based SLIs', () => {
  it('do not miss what is excluded, and miss all of the rest', async () => {
    const slo = uptimeWith({ noData: 'bad', objective: '0.9' });
    const ledger = new MemoryLedger();
    ledger
      .begin(slo, START, { scale: 1_000n })
      .until(START + DAY, HOUR, { good: 3_600_000n })
      .missing(START + DAY + 4 * HOUR, HOUR)
      .until(START + 2 * DAY, HOUR, { good: 3_600_000n });
    const at = START + 2 * DAY;
    const missing = (from: number, to: number, treatment: Treatment) =>
      excluded(START + DAY + from * HOUR, START + DAY + to * HOUR, { treatment });
    const badHours = async (...excluding: readonly Exclusion[]) => {
      const { events } = (await figures(ledger, slo, excluding, at)).budget;
      return [Number(events.total - events.good) / 3_600_000, Number(events.total) / 3_600_000];
    };
    expect(await badHours()).toEqual([4, 48]);
    expect(await badHours(missing(0, 4, 'drop'))).toEqual([0, 44]);
    expect(await badHours(missing(1, 3, 'drop'))).toEqual([2, 46]);
    expect(await badHours(missing(0, 4, 'countGood'))).toEqual([0, 48]);
    expect(await badHours(missing(3, 6, 'countGood'))).toEqual([3, 48]);
  });

  it('count an hour at its end: half of one excludes all of it', async () => {
    const sli = { kind: 'threshold', query: 'x', op: 'lte', value: 1, sliceSeconds: HOUR } as const;
    const slo = slicesWith({ sli });
    const ledger = new MemoryLedger();
    ledger
      .begin(slo, START)
      .until(START + 9 * HOUR, HOUR, { good: 1 })
      .step(HOUR, { good: 0, bad: 1 })
      .until(START + DAY, HOUR, { good: 1 });
    const half = excluded(START + 9 * HOUR + 10 * MINUTE, START + 9 * HOUR + 40 * MINUTE);
    const { budget } = await figures(ledger, slo, [half], START + DAY);
    expect(budget.events).toMatchObject({ good: 23n, total: 23n });
    expect(budget.exclusions).toMatchObject([
      { from: START + 9 * HOUR, to: START + 10 * HOUR, seconds: HOUR },
    ]);
  });
});
