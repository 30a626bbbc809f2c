import fc from 'fast-check';
import { markScraped, meansPerStep, ordinaryIncrements } from './increments';
import type { Series } from './series-source';

const steps = { from: 600, to: 720, stepSeconds: 60 };
const GAP = 23;

/** Samples every 15 s, a little off the minute. */
function scraped(values: readonly (number | null)[], from = 590): Series {
  const samples = values.flatMap((value, k) => (value === null ? [] : [[from + 15 * k, value]]));
  return {
    labels: {},
    at: samples.map(([at]) => at ?? NaN),
    values: samples.map(([, value]) => value ?? NaN),
  };
}

describe('what a counter grew by', () => {
  it('is the last value up to a step’s end minus the last one up to its start', () => {
    const series = scraped([10, 11, 12, 13, 20, 21, 22, 23, 30, 31]);
    // Last up to 600: 10 (at 590); up to 660: 20 (650); up to 720: 30 (710).
    expect(ordinaryIncrements(series, steps, GAP)).toEqual([10, 10]);
  });

  it('counts a sample on a boundary to the step that ends there', () => {
    const series = scraped([1, 2, 3, 4, 5, 6, 7, 8, 9], 600);
    expect(ordinaryIncrements(series, steps, GAP)).toEqual([4, 4]);
  });

  it.each<[string, readonly (number | null)[]]>([
    ['began within the steps', [null, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['ended before the last one’s end', [1, 2, 3, 4, 5, 6, null, null, null, null]],
    ['fell', [10, 11, 12, 3, 4, 5, 6, 7, 8, 9]],
    ['fell and overtook its old value', [10, 11, 2, 300, 301, 302, 303, 304, 305, 306]],
    ['was not scraped for a while', [1, 2, 3, null, null, 6, 7, 8, 9, 10]],
    ['is no number', [1, 2, 3, NaN, 5, 6, 7, 8, 9, 10]],
    [
      'is infinite',
      [1, 2, 3, Infinity, Infinity, Infinity, Infinity, Infinity, Infinity, Infinity],
    ],
  ])('is left to a closer look where it %s', (_what, values) => {
    expect(ordinaryIncrements(scraped(values), steps, GAP)).toBeNull();
  });

  it('is left to a closer look where its first sample is too old', () => {
    const stale = {
      labels: {},
      at: [570, 605, 620, 635, 650, 665, 680, 695, 710],
      values: [1, 1, 1, 1, 1, 1, 1, 1, 1],
    };
    expect(ordinaryIncrements(stale, steps, GAP)).toBeNull();
  });

  it('adds up over steps, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 50 }), { minLength: 10, maxLength: 10 }), (growth) => {
        let value = 0;
        const series = scraped(growth.map((more) => (value += more)));
        const [whole] = ordinaryIncrements(series, { ...steps, stepSeconds: 120 }, GAP) ?? [];
        const parts = ordinaryIncrements(series, steps, GAP) ?? [];
        expect(parts.reduce((a, b) => a + b, 0)).toBe(whole);
      }),
    );
  });
});

describe('a gauge', () => {
  it('has the mean of each step’s own samples, and none without', () => {
    const series = { labels: {}, at: [600, 615, 630, 660], values: [0, 1, 0, 1] };
    expect(meansPerStep(series, { ...steps, to: 780 })).toEqual([2 / 3, null, null]);
  });
});

describe('a scrape', () => {
  it('belongs to the step whose end it does not pass', () => {
    const marks = [false, false];
    markScraped({ labels: {}, at: [600, 660], values: [1, 1] }, steps, marks);
    expect(marks).toEqual([true, false]);
    markScraped({ labels: {}, at: [661, 900], values: [1, 1] }, steps, marks);
    expect(marks).toEqual([true, true]);
  });
});
