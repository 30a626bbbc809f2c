import fc from 'fast-check';
import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { slicesWith, sloWith, uptimeWith } from '../../test/support/slos';
import { type Slo, sloId } from '../domain/slo';
import { badOf } from '../domain/tally';
import type { ObjectiveSince } from '../ledger/definition-history';
import { Episodes, type Spending } from './episodes';
import { LedgerFigurer } from './ledger-figurer';

const GRID = 300;
const HOUR = 3_600;
const DAY = 86_400;
const START = Date.parse('2026-10-01T00:00:00Z') / 1000;

const week = { kind: 'rolling', seconds: 7 * DAY } as const;
const month = { kind: 'calendar', unit: 'month', timeZone: 'Pacific/Apia' } as const;
const grouped = { groupBy: ['endpoint'] };

const slos: readonly (readonly [string, Slo, bigint])[] = [
  ['events', sloWith({ window: week }), 1n],
  ['a calendar month', sloWith({ window: month }), 1n],
  ['two groups', sloWith({ window: week, ...grouped }), 1n],
  ['time, missing is ignored', uptimeWith({ window: week }), 1000n],
  ['time, missing is bad', uptimeWith({ window: week, noData: 'bad' }), 1000n],
  ['time, missing is good', uptimeWith({ window: week, noData: 'good' }), 1000n],
  ['slices, missing is bad', slicesWith({ window: week, noData: 'bad' }), 1n],
];

/** Half hours with counts, some of them unseen. */
const halfHours = fc.array(
  fc.record({
    good: fc.bigInt({ min: 0n, max: 500n }),
    bad: fc.constantFrom(0n, 0n, 0n, 1n, 20n),
    seen: fc.boolean(),
  }),
  { minLength: 4, maxLength: 60 },
);

const objectives = fc.option(fc.integer({ min: 0, max: 100 }));

function fill(slo: Slo, scale: bigint, parts: readonly HalfHour[]): MemoryLedger {
  const ledger = new MemoryLedger();
  const groups = slo.groupBy.length === 0 ? [null] : [{ endpoint: '/a' }, { endpoint: '/b' }];
  for (const [k, group] of groups.entries()) {
    const stream = ledger.begin(slo, START, { scale, group });
    for (const { seen, good, bad } of k === 0 ? parts : [...parts].reverse()) {
      const each = seen ? { good, bad } : { good: 0, coveredSeconds: 0 };
      stream.until(stream.end + HOUR / 2, GRID, each);
    }
  }
  return ledger;
}

interface HalfHour {
  readonly good: bigint;
  readonly bad: bigint;
  readonly seen: boolean;
}

async function spendingOf(
  slo: Slo,
  ledger: MemoryLedger,
  changes: readonly ObjectiveSince[],
  span: { readonly from: number | null; readonly to: number },
): Promise<Spending> {
  const history = new MemoryDefinitionHistory(new Map([[sloId(slo), changes]]));
  const episodes = new Episodes(new LedgerFigurer(ledger, history));
  const spending = await episodes.ask({ slo, group: null, mergeSeconds: 0, ...span });
  if (spending === null) throw new Error('the whole SLO is known');
  return spending;
}

describe('episodes and the rest', () => {
  it.each(slos)('of %s add up to the bad events consumed', async (_, slo, scale) => {
    await fc.assert(
      fc.asyncProperty(halfHours, objectives, async (parts, changedAfter) => {
        const ledger = fill(slo, scale, parts);
        const changes =
          changedAfter === null
            ? []
            : [
                { since: START, objective: '0.9' },
                { since: START + (changedAfter * HOUR) / 4, objective: slo.objective.text },
              ];
        const to = START + (parts.length * HOUR) / 2;
        const { episodes, rest, all, figures } = await spendingOf(slo, ledger, changes, {
          from: null,
          to,
        });
        const spent = episodes.reduce((sum, { events }) => sum + badOf(events), 0n);
        expect(spent + badOf(rest.events)).toBe(badOf(figures.budget.events));
        expect(all.events.total).toBe(figures.budget.events.total);
      }),
      { numRuns: 25 },
    );
  });

  it('judge each event by the objective of its time', async () => {
    const slo = sloWith({ objective: '0.99' });
    const ledger = new MemoryLedger();
    ledger.begin(slo, START).until(START + HOUR, GRID, { good: 95, bad: 5 });
    const changes = [
      { since: START, objective: '0.9' },
      { since: START + HOUR / 2, objective: '0.99' },
    ];
    const { episodes } = await spendingOf(slo, ledger, changes, { from: null, to: START + HOUR });
    expect(episodes).toMatchObject([{ from: START + HOUR / 2, to: START + HOUR, over: false }]);
  });

  it('are as long as slices that are longer than the grid', async () => {
    const sli = {
      kind: 'threshold',
      query: 'p95',
      op: 'lte',
      value: 0.5,
      sliceSeconds: HOUR,
    } as const;
    const slo = sloWith({ objective: '0.9', sli });
    const ledger = new MemoryLedger();
    const stream = ledger.begin(slo, START);
    for (const good of [1, 0, 0, 1, 1]) stream.step(HOUR, { good, bad: 1 - good });
    const { episodes } = await spendingOf(slo, ledger, [], { from: null, to: START + 5 * HOUR });
    expect(episodes).toMatchObject([{ from: START + HOUR, to: START + 3 * HOUR, over: true }]);
  });

  it('of another span than the window are told with shares of the window that ends there', async () => {
    const slo = sloWith({ objective: '0.99' });
    const ledger = new MemoryLedger();
    const stream = ledger.begin(slo, START);
    stream.until(START + HOUR, GRID, { good: 90, bad: 10 });
    stream.until(START + 2 * HOUR, GRID, { good: 100 });
    stream.until(START + 3 * HOUR, GRID, { good: 80, bad: 20 });
    const [from, to] = [START + HOUR, START + 3 * HOUR];
    const { episodes, span, figures } = await spendingOf(slo, ledger, [], { from, to });
    expect(span).toEqual({ from, to });
    expect(episodes.map(({ events }) => badOf(events))).toEqual([240n]);
    expect(badOf(figures.budget.events)).toBe(360n);
  });
});
