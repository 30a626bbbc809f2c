import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { burnOver, figuresOf, START } from '../../test/support/figures';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith, slicesWith, uptimeWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { LedgerFigurer } from './ledger-figurer';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

describe('missing time', () => {
  const at = START + 10 * HOUR;
  /** Eight hours up, one down, one unseen. */
  const day = (stream: HandFilled) =>
    stream
      .until(START + 8 * HOUR, MINUTE, { good: 60_000 })
      .until(START + 9 * HOUR, MINUTE, { good: 0, bad: 60_000 })
      .missing(at);
  const upOf = (noData: Slo['noData']) =>
    figuresOf(uptimeWith({ noData, objective: '0.9' }), day, { scale: 1000n });

  it.each([
    ['ignore', 8 / 9, 8 / 9],
    ['bad', 8 / 10, 8 / 9],
    ['good', 9 / 10, 8 / 9],
  ] as const)('counts as %s: %d of the time, %d of what was seen', async (noData, sli, raw) => {
    const { budget } = await upOf(noData);
    expect(budget.sliRatio).toBeCloseTo(sli, 12);
    expect(budget.raw.sliRatio).toBeCloseTo(raw, 12);
    // Whatever it is judged, it was not seen.
    expect(budget.events.coveredSeconds).toBe(9 * HOUR);
  });

  it('that is bad burns, where it would be unknown', async () => {
    expect(burnOver(await upOf('ignore'), HOUR).burnRate).toBeNull();
    const bad = burnOver(await upOf('bad'), HOUR);
    expect(bad).toMatchObject({ burnRate: 10, coverageRatio: 0, reason: null });
    expect(burnOver(await upOf('good'), HOUR).burnRate).toBe(0);
  });

  it('still is no data in the status', async () => {
    expect((await upOf('bad')).status).toBe('no_data');
  });

  it('is neither what came before the first point nor what is not read yet', async () => {
    const slo = uptimeWith({ noData: 'bad' });
    const fill = (stream: HandFilled) => stream.until(START + HOUR, MINUTE, { good: 60_000 });
    const figures = await figuresOf(slo, fill, { at: START + HOUR + 3 * MINUTE, scale: 1000n });
    expect(figures.budget.sliRatio).toBe(1);
    expect(figures.budget.events.total).toBe(3_600_000n);
    expect(burnOver(figures, 5 * MINUTE)).toMatchObject({ burnRate: null, coverageRatio: 0.4 });
  });

  it('of slices is counted in slices, and an unfinished slice is not missing', async () => {
    const slo = slicesWith({ noData: 'bad', objective: '0.9' });
    const fill = (stream: HandFilled) =>
      stream
        .until(START + 2 * HOUR, 300, { good: 1 })
        .missing(START + 3 * HOUR, 300)
        .missing(START + 3 * HOUR + 4 * MINUTE);
    const { budget } = await figuresOf(slo, fill);
    expect(budget.events).toEqual({ good: 24n, total: 36n, coveredSeconds: 2 * HOUR });
    expect(budget.raw.sliRatio).toBe(1);
  });

  it('is left alone where events count, and not time', async () => {
    const slo = sloWith({ noData: 'bad' });
    const { budget } = await figuresOf(slo, (stream) =>
      stream.until(START + HOUR, MINUTE, { good: 5 }).missing(at),
    );
    expect(budget.sliRatio).toBe(1);
  });

  it('of groups is judged for each of them', async () => {
    const slo = uptimeWith({ noData: 'bad', groupBy: ['instance'] });
    const ledger = new MemoryLedger();
    const group = (instance: string) => ({ group: { instance }, scale: 1000n });
    ledger.begin(slo, START, group('a')).until(at, HOUR, { good: 3_600_000 });
    ledger.begin(slo, START, group('b')).missing(at, HOUR);
    const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
    const [all, b] = await Promise.all([
      figurer.figures({ slo, group: null, at }),
      figurer.figures({ slo, group: { instance: 'b' }, at }),
    ]);
    expect(all?.budget.sliRatio).toBe(0.5);
    expect(b?.budget.sliRatio).toBe(0);
  });
});

describe('time slices', () => {
  it('are seen at their ends, so the time within one is not old', async () => {
    const slo = slicesWith({
      sli: { kind: 'threshold', query: 'p95', op: 'lte', value: 0.5, sliceSeconds: HOUR },
    });
    const fill = (stream: HandFilled) => {
      for (let hour = 1; hour <= 30; hour += 1) {
        stream
          .missing(START + hour * HOUR - MINUTE)
          .step(MINUTE, { good: 1, coveredSeconds: HOUR });
      }
      return stream.missing(START + 30 * HOUR + 45 * MINUTE);
    };
    const figures = await figuresOf(slo, fill);
    expect(figures).toMatchObject({ dataAgeSeconds: 0, status: 'healthy' });
    expect(figures.budget.events.total).toBe(30n);
    expect(burnOver(figures, DAY)).toMatchObject({ burnRate: 0, coverageRatio: 1 });
    const gone = await figuresOf(slo, (stream) =>
      fill(stream).missing(START + 31 * HOUR + 16 * MINUTE),
    );
    expect(gone).toMatchObject({ dataAgeSeconds: 16 * MINUTE, status: 'no_data' });
    // A past instant within a slice is no gap either.
    const past = await figuresOf(slo, fill, { at: START + 20 * HOUR + 55 * MINUTE });
    expect(past).toMatchObject({ dataAgeSeconds: 0, status: 'healthy' });
  });
});
