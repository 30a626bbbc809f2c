import { MemoryFiring } from '../../test/support/memory-firing';
import * as fc from 'fast-check';
import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { Board } from './board';
import { Evaluator } from './evaluator';
import type { Figures } from './figures';
import { LedgerFigurer } from './ledger-figurer';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const START = Date.parse('2026-10-01T00:00:00Z') / 1000;

const week = { kind: 'rolling', seconds: 7 * DAY } as const;
const old = sloWith({ window: week });
const changed = sloWith({ window: week, datasource: 'other' });

function figurer(ledger: MemoryLedger): LedgerFigurer {
  return new LedgerFigurer(ledger, new MemoryDefinitionHistory());
}

async function board(ledger: MemoryLedger, at: number, ...slos: readonly Slo[]) {
  const shown = new Board();
  const evaluator = new Evaluator(
    ledger,
    shown,
    () => 0,
    new MemoryDefinitionHistory(),
    new MemoryFiring(),
  );
  await evaluator.evaluate(slos, at);
  return shown.current().figures;
}

async function eventsAt(ledger: MemoryLedger, at: number, slo = changed): Promise<bigint> {
  const figures = await figurer(ledger).figures({ slo, group: null, at });
  return figures?.budget.events.total ?? -1n;
}

/** Hours of counts: what each revision saw. */
const hours = fc.array(fc.bigInt({ min: 0n, max: 500n }), { minLength: 60, maxLength: 60 });

describe('a changed query', () => {
  it('answers from its oldest point, and the old one before that, whatever both counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        hours,
        hours,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(1n, 1000n),
        async (before, after, begins, overlap, scale) => {
          const ledger = new MemoryLedger();
          const first = ledger.begin(old, START, { scale });
          const last = Math.min(60, begins + overlap);
          for (const good of before.slice(0, last)) first.step(HOUR, { good: good * scale });
          const second = ledger.begin(changed, START + begins * HOUR);
          for (const good of after.slice(begins)) second.step(HOUR, { good });
          const truth = [...before.slice(0, begins), ...after.slice(begins)];
          const to = START + 60 * HOUR;
          const history = await figurer(ledger).history({
            slo: changed,
            group: null,
            from: START,
            to,
            stepSeconds: HOUR,
          });
          expect(history?.points.map(({ total }) => total)).toEqual(truth);
          const all = truth.reduce((sum, count) => sum + count, 0n);
          expect(await eventsAt(ledger, to)).toBe(all);
          const half = truth.slice(0, 30).reduce((sum, count) => sum + count, 0n);
          expect(await eventsAt(ledger, START + 30 * HOUR)).toBe(half);
          const [row] = await board(ledger, to, changed);
          expect(row?.budget.events.total).toBe(all);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is told by the old one until it has counted anything itself', async () => {
    const ledger = new MemoryLedger();
    const { end } = ledger.begin(old, START).until(START + DAY, HOUR, { good: 99, bad: 1 });
    const [row] = await board(ledger, end, changed);
    expect(row?.budget).toMatchObject({ events: { good: 24n * 99n }, sliRatio: 0.99 });
    expect(await eventsAt(ledger, end)).toBe(2_400n);
  });

  it('goes back to an earlier one, whose stream then answers again', async () => {
    const ledger = new MemoryLedger();
    ledger.begin(old, START).until(START + DAY, HOUR, { good: 100 });
    ledger.begin(changed, START + 12 * HOUR).until(START + 20 * HOUR, HOUR, { good: 7 });
    expect(await eventsAt(ledger, START + DAY, old)).toBe(2_400n);
  });

  it('of groups keeps them apart, and a group only the old one had ends where the new one begins', async () => {
    const grouped = (datasource: string) =>
      sloWith({ window: week, groupBy: ['endpoint'], datasource });
    const [was, is] = [grouped('default'), grouped('other')];
    const ledger = new MemoryLedger();
    for (const endpoint of ['/a', '/gone']) {
      const stream = ledger.begin(was, START, { group: { endpoint } });
      stream.until(START + DAY, HOUR, { good: 10 });
    }
    const begins = START + 12 * HOUR;
    ledger.begin(is, begins, { group: { endpoint: '/a' } }).until(START + DAY, HOUR, { good: 1 });
    const at = START + DAY;
    const total = async (group: { endpoint: string } | null) =>
      (await figurer(ledger).figures({ slo: is, group, at }))?.budget.events.total;
    expect(await total({ endpoint: '/a' })).toBe(132n);
    expect(await total({ endpoint: '/gone' })).toBe(120n);
    expect(await total(null)).toBe(252n);
    const rows = await board(ledger, at, is);
    expect(rows.map(({ group }) => group?.['endpoint'])).toEqual(['/a']);
  });

  it('counts on from what the old ones had come to, on every replica and after a restart', async () => {
    const ledger = new MemoryLedger();
    const first = ledger
      .begin(old, START, { scale: 1000n })
      .until(START + DAY, HOUR, { good: 5000 });
    const [before] = await board(ledger, first.end, old);
    const second = ledger.begin(changed, first.end);
    const [joined] = await board(ledger, first.end, changed);
    expect(joined?.lifetime.total).toBe((before?.lifetime.total ?? 0n) / 1000n);
    second.step(MINUTE, { good: 3 });
    const [later] = await board(ledger, second.end, changed);
    expect(later?.lifetime).toMatchObject({ good: 123n, total: 123n });
  });
});

describe('a group', () => {
  const slo = sloWith({ window: week, groupBy: ['endpoint'] });
  const shown = async (ledger: MemoryLedger, stream: HandFilled): Promise<readonly Figures[]> =>
    board(ledger, stream.end, slo);

  it('ends after one window without events, stays readable, and begins again', async () => {
    const ledger = new MemoryLedger();
    const stream = ledger.begin(slo, START, { group: { endpoint: '/a' } });
    stream.until(START + DAY, HOUR, { good: 10 });
    const quiet = stream.end;
    stream.until(quiet + 7 * DAY - HOUR, HOUR, { good: 0 });
    expect(await shown(ledger, stream)).toHaveLength(1);
    stream.step(HOUR, { good: 0 });
    expect(await shown(ledger, stream)).toEqual([]);
    const past = { slo, group: { endpoint: '/a' }, at: quiet };
    expect((await figurer(ledger).figures(past))?.budget.events.total).toBe(240n);
    stream.step(MINUTE, { good: 1 });
    const [again] = await shown(ledger, stream);
    expect(again?.lifetime.total).toBe(241n);
  });

  it('that has only begun is told before its first event', async () => {
    const ledger = new MemoryLedger();
    const stream = ledger.begin(slo, START, { group: { endpoint: '/a' } });
    stream.step(MINUTE, { good: 0 });
    expect(await shown(ledger, stream)).toHaveLength(1);
  });
});
