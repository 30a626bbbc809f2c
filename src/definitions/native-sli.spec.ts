import { withSli } from '../../test/support/native-text';
import { problemLine } from '../yaml/problem';
import { readDefinitions } from './read-definitions';

function told(text: string): readonly string[] {
  return readDefinitions(text, 'f').problems.map(problemLine);
}

describe('an SLI that cannot be counted is refused at its place', () => {
  const slis: readonly (readonly [string, string, string])[] = [
    [
      'a ratio without its parts',
      'ratio: {total: a}',
      'f:7:14: error: slos[0].sli.ratio: ratio has neither good nor bad, allowed: one of them',
    ],
    [
      'a ratio without total',
      'ratio: {bad: a}',
      'f:7:14: error: slos[0].sli.ratio: ratio has no total, allowed: total with either good or bad, or query',
    ],
    [
      'a ratio with both parts',
      'ratio: {total: a, good: b, bad: c}',
      'f:7:39: error: slos[0].sli.ratio.bad: good and bad are both given, allowed: one, the other is total minus it',
    ],
    [
      'a selector that does not parse',
      'ratio: {total: a, bad: "b{job=}"}',
      'f:7:37: error: slos[0].sli.ratio.bad: bad is "b{job=}": not PromQL at "}"',
    ],
    [
      'a function where a selector is wanted',
      'ratio: {total: "rate(a[5m])", bad: b}',
      'f:7:23: error: slos[0].sli.ratio.total: total is "rate(a[5m])": a plain selector is wanted here, such as http_requests_total{job="api"}, without functions, ranges or offsets',
    ],
    [
      'a selector of every metric',
      'availability: {up: \'{job="x"}\'}',
      'f:7:27: error: slos[0].sli.availability.up: up is "{job=\\"x\\"}": the selector must name one metric',
    ],
    [
      'a query beside counters',
      "ratio: {total: a, query: {total: 'x[$window]', bad: 'y[$window]'}}",
      'f:7:22: error: slos[0].sli.ratio.total: total stands beside query, allowed: one of them',
    ],
    [
      'a suffix at a histogram',
      'latency: {histogram: h_bucket, threshold: 1s}',
      'f:7:28: error: slos[0].sli.latency.histogram: histogram is "h_bucket", allowed: its name without the suffix, h',
    ],
    [
      'le at a histogram',
      'latency: {histogram: \'h{le="1"}\', threshold: 1s}',
      'f:7:31: error: slos[0].sli.latency.histogram: histogram is "h{le=\\"1\\"}": le is chosen by the threshold, leave it out',
    ],
    [
      'a threshold that is no time',
      'latency: {histogram: h, threshold: 0.5}',
      'f:7:42: error: slos[0].sli.latency.threshold: threshold is 0.5, allowed: text (put it in quotes)',
    ],
    [
      'a comparison that is none',
      'threshold: {query: a, op: "<", value: 1}',
      'f:7:33: error: slos[0].sli.threshold.op: op is "<", allowed: lt, lte, gt, gte',
    ],
    [
      '$window in a slice',
      "threshold: {query: 'rate(a[$window])', op: lt, value: 1}",
      'f:7:26: error: slos[0].sli.threshold.query: query is "rate(a[$window])", allowed: a range such as [5m] instead of $window, since it is read once per slice',
    ],
    [
      'no $window in a query',
      "query: {errorRatio: 'a / b[$windw]'}",
      'f:7:27: error: slos[0].sli.query.errorRatio: errorRatio is "a / b[$windw]", allowed: PromQL over the range [$window] (did you mean "$window"?)',
    ],
    [
      'an aggregation under rate',
      "query: {errorRatio: 'a / increase(sum(b)[$window:1m])'}",
      'f:7:32: error: slos[0].sli.query.errorRatio: errorRatio is "a / increase(sum(b)[$window:1m])": increase() over an aggregation sees a reset of the sum whenever one process restarts; aggregate outside: sum(increase(…))',
    ],
    [
      'an error ratio beside a total',
      "query: {errorRatio: 'a[$window]', total: 'b[$window]'}",
      'f:7:48: error: slos[0].sli.query.total: total stands beside errorRatio, allowed: one of them',
    ],
    [
      'a query without total',
      "query: {bad: 'b[$window]'}",
      'f:7:14: error: slos[0].sli.query: query has no total, allowed: total with either good or bad, or errorRatio',
    ],
    [
      'slices of slices',
      'threshold: {query: a, op: lt, value: 1, slice: 90s}',
      'f:7:54: error: slos[0].sli.threshold.slice: slice is "90s", allowed: whole minutes that divide a day, such as 1m, 5m, 10m or 1h',
    ],
  ];

  it.each(slis)('%s', (_, sli, line) => {
    expect(told(withSli(sli))).toEqual([line]);
  });

  it('leads into a literal block of PromQL', () => {
    const lines = [
      'threshold:',
      '  op: lt',
      '  value: 1',
      '  query: |',
      '    sum(',
      '      rate(a[5x])',
      '    ))',
    ];
    expect(told(withSli(...lines))[0]).toMatch(/^f:12:21: error: slos\[0\]\.sli\.threshold\.query/);
  });
});
