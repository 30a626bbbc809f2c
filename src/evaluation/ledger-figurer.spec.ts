import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import fc from 'fast-check';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith, slicesWith, uptimeWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import type { History } from './figurer';
import { LedgerFigurer } from './ledger-figurer';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const START = Date.parse('2026-10-01T00:00:00Z') / 1000;

const week = { kind: 'rolling', seconds: 7 * DAY } as const;
const quarterOfApia = { kind: 'calendar', unit: 'month', timeZone: 'Pacific/Apia' } as const;

const slos: readonly (readonly [string, Slo, bigint])[] = [
  ['events', sloWith({ window: week }), 1n],
  ['a calendar month', sloWith({ window: quarterOfApia }), 1n],
  ['time, missing is bad', uptimeWith({ window: week, noData: 'bad' }), 1000n],
  ['slices, missing is good', slicesWith({ window: week, noData: 'good' }), 1n],
];

/** Half hours with counts, some of them unseen. */
const halfHours = fc.array(
  fc.record({
    good: fc.bigInt({ min: 0n, max: 500n }),
    bad: fc.bigInt({ min: 0n, max: 20n }),
    seen: fc.boolean(),
  }),
  { minLength: 4, maxLength: 60 },
);

describe('history', () => {
  it.each(slos)(
    'of %s has the figures that are told at the same instants',
    async (_of, slo, scale) => {
      await fc.assert(
        fc.asyncProperty(halfHours, fc.integer({ min: 1, max: 9 }), async (parts, ahead) => {
          const ledger = new MemoryLedger();
          const stream = ledger.begin(slo, START, { scale });
          for (const { seen, good, bad } of parts) {
            const each = seen ? { good, bad } : { good: 0, coveredSeconds: 0 };
            stream.until(stream.end + HOUR / 2, 5 * MINUTE, each);
          }
          stream.until(stream.end + ahead * MINUTE, MINUTE, { good: 3 });
          const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
          const to = Math.ceil(stream.end / 300) * 300;
          const asked = { slo, group: null, from: START - HOUR, to, stepSeconds: 25 * MINUTE };
          const history = await figurer.history(asked);
          for (const point of history?.points ?? []) {
            const told = await figurer.figures({ slo, group: null, at: point.t });
            expect(point.remainingRatio).toBe(told?.budget.budget?.remainingRatio ?? null);
            expect(point.raw.remainingRatio).toBe(told?.budget.raw.remainingRatio);
          }
        }),
        { numRuns: 20 },
      );
    },
  );

  it('adds up over its steps to the events of the whole span', async () => {
    const slo = sloWith();
    const ledger = new MemoryLedger();
    const stream = ledger.begin(slo, START);
    for (let k = 1; k <= 48; k += 1) stream.step(HOUR / 2, { good: 10 * k, bad: k % 3 });
    const history = await new LedgerFigurer(ledger, new MemoryDefinitionHistory()).history({
      slo,
      group: null,
      from: START,
      to: START + DAY,
      stepSeconds: HOUR,
    });
    expect(sum(history, 'total') - sum(history, 'good')).toBe(48n);
    expect(sum(history, 'good')).toBe((10n * 48n * 49n) / 2n);
    expect(history?.points.map(({ t }) => (t - START) / HOUR)).toEqual(
      Array.from({ length: 24 }, (_, k) => k + 1),
    );
  });

  it('knows no burn where less than half a step was seen, and says how much was', async () => {
    const slo = sloWith();
    const ledger = new MemoryLedger();
    ledger
      .begin(slo, START)
      .until(START + HOUR, MINUTE, { good: 99, bad: 1 })
      .until(START + HOUR + 29 * MINUTE, MINUTE, { good: 99, bad: 1 })
      .missing(START + 2 * HOUR)
      .until(START + 3 * HOUR, MINUTE, { good: 0 });
    const history = await new LedgerFigurer(ledger, new MemoryDefinitionHistory()).history({
      slo,
      group: null,
      from: START,
      to: START + 3 * HOUR,
      stepSeconds: HOUR,
    });
    const told = history?.points.map(({ burnRate, coverageRatio, sliRatio }) => [
      burnRate,
      coverageRatio,
      sliRatio,
    ]);
    // The history has a point at every five minutes only; the 29th minute lies within a gap.
    expect(told).toEqual([
      [10, 1, 0.99],
      [null, 29 / 60, 0.99],
      [0, 1, null],
    ]);
  });

  it('of groups together adds up, and of an unknown one there is none', async () => {
    const slo = sloWith({ groupBy: ['endpoint'] });
    const ledger = new MemoryLedger();
    for (const endpoint of ['/a', '/b']) {
      const stream = ledger.begin(slo, START, { group: { endpoint } });
      stream.until(START + HOUR, 300, { good: 2, bad: 1 });
    }
    const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
    const span = { from: START, to: START + HOUR, stepSeconds: HOUR };
    const all = await figurer.history({ slo, group: null, ...span });
    expect(all?.points[0]).toMatchObject({ good: 48n, total: 72n, coverageRatio: 1 });
    const one = await figurer.history({ slo, group: { endpoint: '/a' }, ...span });
    expect(one?.points[0]).toMatchObject({ good: 24n, total: 36n });
    expect(await figurer.history({ slo, group: { endpoint: '/c' }, ...span })).toBeNull();
  });

  it('before anything was collected is unknown all along', async () => {
    const slo = sloWith();
    const span = { from: START, to: START + 2 * HOUR, stepSeconds: HOUR };
    const history = await new LedgerFigurer(
      new MemoryLedger(),
      new MemoryDefinitionHistory(),
    ).history({
      slo,
      group: null,
      ...span,
    });
    expect(history?.points).toHaveLength(2);
    expect(history?.points[0]).toMatchObject({
      sliRatio: null,
      remainingRatio: null,
      burnRate: null,
      coverageRatio: 0,
    });
  });
});

function sum(history: History | null, count: 'good' | 'total'): bigint {
  return (history?.points ?? []).reduce((all, point) => all + point[count], 0n);
}
