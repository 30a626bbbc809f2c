import { fullDifference, ORDINARY_LOOKBACK_SECONDS } from './delta';
import { parseSelector } from './selector';
import { sharingSelectors } from './shared-selectors';

describe('a query whose selectors are written once', () => {
  it.each([
    ['sum(a{b="c"})', 'sum(a{b="c"})'],
    ['a - b', 'a - b'],
    [
      'sum(a{b="c"} - a{b="c"} offset 1m) / up',
      'WITH (_s0 = a{b="c"}) sum(_s0 - _s0 offset 1m) / up',
    ],
    [
      'rate(a{b="}"}[5m]) + up * rate(a{b="}"}[1m:15s]) > up',
      'WITH (_s0 = a{b="}"}, _s1 = up) rate(_s0[5m]) + _s1 * rate(_s0[1m:15s]) > _s1',
    ],
    [
      'label_replace(a, "x", "a", "", "") or a',
      'WITH (_s0 = a) label_replace(_s0, "x", "a", "", "") or _s0',
    ],
  ])('%s', (query, shared) => {
    expect(sharingSelectors(query)).toBe(shared);
  });

  it('does not grow with the length of its selectors', () => {
    const length = (instances: string) => {
      const selector = parseSelector(`http_requests_total{job="api",instance=~"${instances}"}`);
      const counter = { selector, groupBy: [], identity: ['job', 'instance'] } as const;
      const query = fullDifference({ ...counter, births: 'count' }, SHAPE);
      return sharingSelectors(query).length;
    };
    // Each selector once: the counter, up and the process start.
    expect(length('a'.repeat(1_001)) - length('a')).toBe(3 * 1_000);
  });
});

const SHAPE = {
  stepSeconds: 15,
  scrapeIntervalSeconds: 15,
  lookbackSeconds: ORDINARY_LOOKBACK_SECONDS,
  seriesLookbackSeconds: ORDINARY_LOOKBACK_SECONDS,
  fromLastScrape: true,
  unscraped: false,
};
