import { lostBySeries } from './restart-reader';
import type { Series } from './series-source';

const STEP = { from: 1_000, to: 1_300 };
const GAP = 91;

/** Scraped every minute from the step's start. */
function scraped(...values: readonly number[]): Series {
  return { labels: {}, at: values.map((_, k) => 1_000 + 60 * k), values };
}

const LIFE = scraped(1, 1, 1, 1, 1, 1);

describe('what a counter had when it began again', () => {
  it.each<[what: string, series: Series, starts: Series, lost: number]>([
    ['nothing, where it only grew', scraped(5, 6, 7, 8, 9, 10), LIFE, 0],
    ['the value before it fell', scraped(5, 6, 2, 3, 4, 5), LIFE, 6],
    ['each value before it fell', scraped(5, 6, 2, 3, 1, 5), LIFE, 9],
    [
      'the value that its new process outgrew',
      scraped(5, 6, 7, 8, 9, 10),
      scraped(1, 1, 90, 90, 90, 90),
      6,
    ],
    [
      'one value, where it fell with its process',
      scraped(5, 6, 2, 3, 4, 5),
      scraped(1, 1, 90, 90, 90, 90),
      6,
    ],
    [
      'nothing, where the start only wavers',
      scraped(5, 6, 7, 8, 9, 10),
      scraped(10, 10.4, 9.7, 10, 10.6, 10),
      0,
    ],
    ['the value before the step, where it fell at once', scraped(5, 1, 2, 3, 4, 5), LIFE, 5],
  ])('is %s', (_, series, starts, lost) => {
    expect(lostBySeries(series, [starts], STEP, GAP)).toBe(lost);
  });

  it('is counted without a start time where it fell', () => {
    expect(lostBySeries(scraped(5, 6, 2, 3, 4, 5), [], STEP, GAP)).toBe(6);
  });

  it.each<[what: string, series: Series, starts: Series]>([
    ['the series began in the step', { ...LIFE, at: LIFE.at.map((at) => at + 60) }, LIFE],
    ['it ended in the step', scraped(1, 2, 3), LIFE],
    [
      'a scrape failed',
      { labels: {}, at: [1_000, 1_060, 1_180, 1_240, 1_300], values: [1, 2, 3, 4, 5] },
      LIFE,
    ],
    ['a value is none', scraped(1, 2, NaN, 4, 5, 6), LIFE],
    [
      'the process before is not known',
      scraped(1, 2, 3, 4, 5, 6),
      { ...LIFE, at: LIFE.at.map((at) => at + 60) },
    ],
  ])('cannot be told where %s', (_, series, starts) => {
    expect(lostBySeries(series, [starts], STEP, GAP)).toBeNull();
  });
});
