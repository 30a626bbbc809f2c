import { counted, document } from '../../test/support/native-text';
import { problemLine } from '../yaml/problem';
import { writeNative } from './native-writer';
import { readDefinitions } from './read-definitions';

function composite(...lines: readonly string[]): string {
  return document('objective: 99%', 'dependsOn:', ...lines.map((line) => `  ${line}`));
}

function told(text: string): readonly string[] {
  return readDefinitions(text, 'f').problems.map(problemLine);
}

describe('an SLO made of others', () => {
  it('names them, within its service or beyond, and one group of them', () => {
    const text = composite(
      'method: weighted',
      'slice: 10m',
      'of:',
      '  - slo: errors',
      '    weight: 2',
      '  - slo: shop/latency',
      '    weight: 0.5',
      '    labels: {endpoint: /cars}',
    );
    const { slos, problems } = readDefinitions(text, 'f');
    expect(problems).toEqual([]);
    expect(slos[0]?.slo.sli).toEqual({
      kind: 'composite',
      method: 'weighted',
      sliceSeconds: 600,
      parts: [
        { service: 'api', name: 'errors', group: null, weight: '2' },
        { service: 'shop', name: 'latency', group: { endpoint: '/cars' }, weight: '0.5' },
      ],
    });
  });

  it('has slices of five minutes and parts of equal weight unless told', () => {
    const { slos } = readDefinitions(composite('method: all', 'of: [{slo: errors}]'), 'f');
    expect(slos[0]?.slo.sli).toEqual({
      kind: 'composite',
      method: 'all',
      sliceSeconds: 300,
      parts: [{ service: 'api', name: 'errors', group: null, weight: '1' }],
    });
  });

  it('is written as it was read', () => {
    const text = composite('method: worst', 'of: [{slo: a}, {slo: b/a, labels: {x: "1"}}]');
    const { slos } = readDefinitions(text, 'f');
    const again = readDefinitions(writeNative(slos.map(({ slo }) => slo)), 'again');
    expect(again.problems).toEqual([]);
    expect(again.slos.map(({ slo }) => slo)).toEqual(slos.map(({ slo }) => slo));
  });

  it('may judge missing time, as it counts slices of it', () => {
    const text = composite('method: all', 'of: [{slo: errors}]').concat('\n    noData: bad');
    expect(readDefinitions(text, 'f').slos[0]?.slo.noData).toBe('bad');
  });

  it.each([
    [
      'itself among its parts',
      composite('method: all', 'of: [{slo: one}]'),
      'f:8:18: error: slos[0].dependsOn.of[0].slo: slo is "api/one", itself, allowed: another SLO',
    ],
    [
      'a part twice',
      composite('method: all', 'of: [{slo: a}, {slo: api/a}]'),
      'f:8:28: error: slos[0].dependsOn.of[1].slo: slo is "api/a", as entry 1 is, allowed: each once',
    ],
    [
      'a weight of 0',
      composite('method: weighted', 'of: [{slo: a, weight: 0}]'),
      'f:8:29: error: slos[0].dependsOn.of[0].weight: weight is "0", allowed: a decimal number above 0 such as 2 or 0.5',
    ],
    [
      'a weight below 0',
      composite('method: weighted', 'of: [{slo: a, weight: -1}]'),
      'f:8:29: error: slos[0].dependsOn.of[0].weight: weight is "-1", allowed: a decimal number above 0 such as 2 or 0.5',
    ],
    [
      'a weight that nothing is made of',
      composite('method: worst', 'of: [{slo: a, weight: 2}]'),
      'f:8:29: error: slos[0].dependsOn.of[0].weight: weight is 2, allowed: only beside method: weighted',
    ],
    [
      'no parts',
      composite('method: all', 'of: []'),
      'f:8:11: error: slos[0].dependsOn.of: of is a list of 0, allowed: a list of 1 or more',
    ],
    [
      'a method of no kind',
      composite('method: best', 'of: [{slo: a}]'),
      'f:7:15: error: slos[0].dependsOn.method: method is "best", allowed: all, worst, weighted',
    ],
    [
      'slices that history does not tell apart',
      composite('method: all', 'slice: 1m', 'of: [{slo: a}]'),
      'f:8:14: error: slos[0].dependsOn.slice: slice is "1m", allowed: a multiple of five minutes that divides a day, such as 5m, 10m or 1h',
    ],
    [
      'a list without a method',
      document('objective: 99%', 'dependsOn: [a, b]'),
      'f:6:16: error: slos[0].dependsOn: dependsOn is a list of 2, allowed: a mapping of keys to values',
    ],
    [
      'an SLI beside it',
      counted('dependsOn: {method: all, of: [{slo: a}]}'),
      'f:6:10: error: slos[0].sli: sli stands beside dependsOn, allowed: one of them',
    ],
    [
      'groups of its own',
      composite('method: all', 'of: [{slo: a}]').concat('\n    groupBy: [x]'),
      'f:9:14: error: slos[0].groupBy: groupBy stands beside dependsOn, allowed: only at its parts',
    ],
    [
      'nothing to count',
      document('objective: 99%'),
      'f:4:5: error: slos[0]: the key "sli" is missing: what is counted (or dependsOn, a list of SLOs)',
    ],
  ])('is refused with %s', (_, text, line) => {
    expect(told(text)).toEqual([line]);
  });
});
