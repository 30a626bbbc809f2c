import { START } from '../../test/support/figures';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import type { Tally } from '../domain/tally';
import { budgetStart } from './compute';
import { strictestOf, worstWindow } from './strictest';
import { streamsOf } from './streams-of';
import { Timeline } from './timeline';

const HOUR = 3_600;
const DAY = 86_400;

/** The worst of the windows that end from `from` days on. */
async function worst(
  slo: Slo,
  fill: (stream: HandFilled) => HandFilled,
  fromDay: number,
): Promise<Tally> {
  const ledger = new MemoryLedger();
  const { end } = fill(ledger.begin(slo, START));
  const streams = await Promise.all(
    (await streamsOf(ledger, slo, null)).map(async (stream) => {
      return { stream, points: await ledger.series(stream, START, end, 300) };
    }),
  );
  const from = START + fromDay * DAY;
  const reach = budgetStart(slo, from);
  return worstWindow(
    slo,
    new Timeline(slo, streams, { from: reach, to: end, stepSeconds: 300 }),
    from,
  );
}

const week = sloWith({ window: { kind: 'rolling', seconds: 7 * DAY } });
const bad = (tally: Tally) => tally.total - tally.good;

describe('the worst window', () => {
  it('is one that holds the trouble, though the last one does not any more', async () => {
    const found = await worst(
      week,
      (stream) =>
        stream
          .until(START + 10 * DAY, HOUR, { good: 100 })
          .step(HOUR, { good: 0, bad: 100 })
          .until(START + 25 * DAY, HOUR, { good: 100 }),
      7,
    );
    expect(bad(found)).toBe(100n);
    expect(found.total).toBe(16_800n);
    expect(strictestOf(found)).toMatchObject({ kind: 'met', objective: { text: '0.99404' } });
  });

  it('is not that of the first minutes, which look terrible after one failure', async () => {
    const found = await worst(
      week,
      (stream) =>
        stream.step(HOUR, { good: 0, bad: 1 }).until(START + 14 * DAY, HOUR, { good: 100 }),
      0,
    );
    expect(bad(found)).toBe(1n);
    // From when half of a week is known: 84 hours, of which one had but one event.
    expect(found.total).toBe(8_301n);
  });

  it('tells counts apart that are equal as floating-point numbers', async () => {
    const much = 10n ** 17n;
    const found = await worst(
      week,
      (stream) =>
        stream
          .until(START + 7 * DAY, DAY, { good: much, bad: 10n ** 15n })
          .step(DAY, { good: much, bad: 10n ** 15n + 1n })
          .until(START + 20 * DAY, DAY, { good: much, bad: 10n ** 15n }),
      7,
    );
    expect(bad(found)).toBe(7n * 10n ** 15n + 1n);
  });

  it('is empty where nothing was counted', async () => {
    expect(await worst(week, (stream) => stream, 0)).toMatchObject({ good: 0n, total: 0n });
  });
});

describe('the strictest objective of some events', () => {
  it.each([
    [{ good: 0n, total: 0n }, 'no event was counted'],
    [{ good: 5n, total: 5n }, 'no event was bad, so that every objective was met'],
    [{ good: 0n, total: 5n }, 'hardly an event was good, so that no objective was met'],
  ])('is none for %p, and says why', (events, reason) => {
    expect(strictestOf({ ...events, coveredSeconds: 60 })).toEqual({ kind: 'none', reason });
  });

  it('is told with the bad events it would have left', () => {
    expect(strictestOf({ good: 999_001n, total: 1_000_000n, coveredSeconds: 60 })).toMatchObject({
      objective: { text: '0.999001' },
      remainingBad: 0,
    });
    expect(strictestOf({ good: 2n, total: 3n, coveredSeconds: 60 })).toMatchObject({
      objective: { text: '0.666' },
      remainingBad: expect.closeTo(0.002, 9) as number,
    });
  });
});
