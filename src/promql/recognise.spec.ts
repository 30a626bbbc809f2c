import {
  asIncreases,
  fallsBackToZero,
  groupingOf,
  recogniseCounter,
  recogniseEvents,
  recogniseRatio,
} from './recognise';

describe('the one counter behind a query', () => {
  it.each([
    ['a_total', 'a_total', '', []],
    ['sum(rate(a_total{job="x"}[$window]))', 'a_total{job="x"}', 'rate[$window]', []],
    ['sum by (zone) (increase(a_total[5m]))', 'a_total', 'increase[5m]', ['zone']],
    ['sum(rate(a_total[5m])) by (zone, job)', 'a_total', 'rate[5m]', ['zone', 'job']],
    ['(sum((rate(a_total[ 5m ]))))', 'a_total', 'rate[5m]', []],
    ['sum(rate(a_total[5m])) OR on() vector(0)', 'a_total', 'rate[5m]', []],
    ['sum(sum by (zone, pod) (rate(a_total[5m])))', 'a_total', 'rate[5m]', []],
    ['sum(a_total{b="1",a!="2"})', 'a_total{a!="2",b="1"}', '', []],
    ['sum(rate({__name__="a_total"}[5m]))', 'a_total', 'rate[5m]', []],
  ])('%s', (query, selector, measure, groupBy) => {
    expect(recogniseCounter(query)).toMatchObject({ selector, measure, groupBy });
  });

  it.each([
    'avg(rate(a_total[5m]))',
    'sum without (pod) (rate(a_total[5m]))',
    'sum by (zone) (sum by (pod) (rate(a_total[5m])))',
    'sum(irate(a_total[5m]))',
    'sum(rate(a_total[5m] offset 1m))',
    'sum(rate(a_total[1h:5m]))',
    'sum(rate(a_total[5m])) + sum(rate(b_total[5m]))',
    'sum(rate(a_total[5m])) or vector(1)',
    'sum(rate({__name__=~"a|b"}[5m]))',
    'sum(count_over_time(a_total[5m]))',
    'vector(1)',
    'sum(',
  ])('there is none that could be counted in %s', (query) => {
    expect(recogniseCounter(query)).toBeNull();
  });
});

describe('two queries of events', () => {
  const total = 'sum(rate(t_total[$window]))';

  it('are their counters', () => {
    expect(recogniseEvents('bad', 'sum(rate(t_total{code="5"}[$window]))', total)).toEqual({
      total: 't_total',
      measure: 'rate[$window]',
      part: { role: 'bad', selector: 't_total{code="5"}' },
      groupBy: [],
    });
  });

  it.each([
    ['bad', 'good'],
    ['good', 'bad'],
  ] as const)('the %s as the difference to the total names the %s', (role, other) => {
    expect(recogniseEvents(role, `(${total} - sum(rate(x_total[$window])))`, total)).toEqual({
      total: 't_total',
      measure: 'rate[$window]',
      part: { role: other, selector: 'x_total' },
      groupBy: [],
    });
  });

  it.each([
    ['other ranges', 'sum(rate(e_total[5m]))'],
    ['other functions', 'sum(increase(e_total[$window]))'],
    ['other groups', 'sum by (zone) (rate(e_total[$window]))'],
    ['a difference to another total', 'sum(rate(u_total[$window])) - sum(rate(e_total[$window]))'],
    ['several counters', 'sum(rate(a_total[$window])) + sum(rate(b_total[$window]))'],
  ])('with %s are not', (_, part) => {
    expect(recogniseEvents('bad', part, total)).toBeNull();
  });
});

describe('a query of a ratio', () => {
  it.each([
    ['bad', 'sum(rate(e[5m])) / sum(rate(t[5m]))', 'bad', 'e'],
    ['bad', '1 - (sum(rate(g[5m])) / sum(rate(t[5m])))', 'good', 'g'],
    ['bad', '(sum(rate(t[5m])) - sum(rate(g[5m]))) / (sum(rate(t[5m])))', 'good', 'g'],
    ['good', 'sum(rate(g[5m])) / sum(rate(t[5m]))', 'good', 'g'],
    ['good', '1 - sum(rate(e[5m])) / sum(rate(t[5m]))', 'bad', 'e'],
    ['bad', '(sum(rate(e[5m])) or vector(0)) / sum(rate(t[5m])) or vector(0)', 'bad', 'e'],
  ] as const)('of the %s: %s', (role, query, part, selector) => {
    expect(recogniseRatio(role, query)).toEqual({
      total: 't',
      measure: 'rate[5m]',
      part: { role: part, selector },
      groupBy: [],
    });
  });

  it.each([
    '1 - avg_over_time(ratio[5m])',
    'sum(rate(e[5m])) / sum(rate(t[1h]))',
    'sum(rate(e[5m])) / on(zone) sum(rate(t[5m]))',
    '2 - sum(rate(g[5m])) / sum(rate(t[5m]))',
    'sum(rate(e[5m])) * 100 / sum(rate(t[5m]))',
  ])('is not always one of counters: %s', (query) => {
    expect(recogniseRatio('bad', query)).toBeNull();
  });
});

describe('events over a window', () => {
  it.each([
    [
      'sum(rate(a[5m])) + sum(rate(b{x="1"}[5m]))',
      'sum(increase(a[$window])) + sum(increase(b{x="1"}[$window]))',
    ],
    [
      'sum(a) - (sum(b) or vector(0))',
      'sum(increase(a[$window])) - (sum(increase(b[$window])) or vector(0))',
    ],
    ['sum by (z) (increase(a[$window]))', 'sum by (z) (increase(a[$window]))'],
  ])('%s', (query, events) => {
    expect(asIncreases(query, true)).toBe(events);
  });

  it.each([
    'sum(rate(a[5m])) + sum(rate(b[1h]))',
    'sum(rate(a[5m])) * 2',
    'max(rate(a[5m]))',
    'sum(rate(a[5m])) + sum(increase(b[5m]))',
    'vector(0)',
  ])('are not told by %s', (query) => {
    expect(asIncreases(query, true)).toBeNull();
  });
});

it('metrics without a rate are events only where they are known to be counters', () => {
  expect(asIncreases('sum(a)', false)).toBeNull();
  expect(asIncreases('sum(rate(a[5m]))', false)).toBe('sum(increase(a[$window]))');
});

it('groups are read off the outermost sums', () => {
  expect(groupingOf('sum by (a, b) (x) + sum by (a, b) (y) or vector(0)')).toEqual(['a', 'b']);
  expect(groupingOf('1 - sum by (a) (x) / sum by (a) (y)')).toEqual(['a']);
  expect(groupingOf('sum(x)')).toEqual([]);
  expect(groupingOf('sum without (a) (x)')).toEqual([]);
});

it('a fallback around the whole is seen', () => {
  expect(fallsBackToZero('(sum(x) / sum(y)) or vector(0)')).toBe(true);
  expect(fallsBackToZero('((sum(x) / sum(y) or on() vector(0)))')).toBe(true);
  expect(fallsBackToZero('(sum(x) or vector(0)) / sum(y)')).toBe(false);
  expect(fallsBackToZero('((x))')).toBe(false);
});
