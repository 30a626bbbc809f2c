import fc from 'fast-check';
import { between, LedgerContradiction, type Point } from './point';
import { add, badOf, EMPTY_TALLY, type Tally, unscaled } from './tally';

/** One event, as the source saw it. */
interface Event {
  readonly at: number;
  readonly good: boolean;
}

const STREAM = { service: 'shop', name: 'api', group: { pod: 'a' } };
const END = 6_000;
const events = fc.array(fc.record({ at: fc.integer({ min: 1, max: END }), good: fc.boolean() }), {
  maxLength: 200,
});
const instants = fc.array(fc.integer({ min: 0, max: END }), { maxLength: 12 });
const origin = fc.record({ good: fc.bigInt(), bad: fc.bigInt(), covered: fc.integer() });
const seen = fc.integer({ min: 0, max: END });

describe('between two points', () => {
  it('are exactly the events of (from, to], wherever the stream has its origin', () => {
    fc.assert(
      fc.property(events, seen, origin, fc.tuple(seen, seen), (all, seenTo, zero, ends) => {
        const [from, to] = [Math.min(...ends), Math.max(...ends)];
        const within = all.filter(({ at }) => at > from && at <= to);
        const point = pointsOf(all, seenTo, zero);
        expect(between(point(from), point(to), STREAM)).toEqual({
          good: BigInt(within.filter(({ good }) => good).length),
          total: BigInt(within.length),
          coveredSeconds: Math.min(to, seenTo) - Math.min(from, seenTo),
        });
      }),
    );
  });

  it('any partition of a window adds up to the window', () => {
    fc.assert(
      fc.property(events, seen, origin, instants, (all, seenTo, zero, cuts) => {
        const point = pointsOf(all, seenTo, zero);
        const edges = [0, ...cuts.sort((a, b) => a - b), END];
        const parts = edges
          .slice(1)
          .map((to, k) => between(point(edges[k] ?? 0), point(to), STREAM));
        expect(parts.reduce(add, EMPTY_TALLY)).toEqual(between(point(0), point(END), STREAM));
      }),
    );
  });

  it('replaying steps changes nothing: a point is what was counted, not how often it was written', () => {
    fc.assert(
      fc.property(events, seen, origin, instants, (all, seenTo, zero, cuts) => {
        const point = pointsOf(all, seenTo, zero);
        const kept = new Map<number, Point>();
        const write = (at: number) => kept.set(at, point(at));
        const edges = [0, ...cuts, END];
        edges.forEach(write);
        const once = [...kept].sort(([a], [b]) => a - b);
        [...edges, ...cuts].reverse().forEach(write);
        expect([...kept].sort(([a], [b]) => a - b)).toEqual(once);
      }),
    );
  });

  const earlier: Point = { at: 600, good: 10n, total: 20n, coveredSeconds: 600 };
  it.each([
    ['good went back', { at: 660, good: 9n, total: 20n, coveredSeconds: 660 }],
    ['total went back', { at: 660, good: 10n, total: 19n, coveredSeconds: 660 }],
    ['more good than total', { at: 660, good: 15n, total: 24n, coveredSeconds: 660 }],
    ['covered went back', { at: 660, good: 10n, total: 20n, coveredSeconds: 599 }],
    ['the points are in the wrong order', { at: 599, good: 10n, total: 20n, coveredSeconds: 600 }],
  ])('fails loudly and names stream and instants when %s', (_what, later) => {
    const failing = () => between(earlier, later, STREAM);
    expect(failing).toThrow(LedgerContradiction);
    expect(failing).toThrow(
      /stream shop\/api\{"pod":"a"\} goes back between 1970-01-01T00:10:00.000Z and/,
    );
  });

  it('a point and itself have nothing between them', () => {
    expect(between(earlier, earlier, STREAM)).toEqual(EMPTY_TALLY);
  });
});

describe('a tally', () => {
  it('bad is what is not good', () => {
    expect(badOf({ good: 998n, total: 1000n })).toBe(2n);
  });

  it.each([
    [1n, 5n, 5],
    [1000n, 59_250n, 59.25],
    [1_000_000n, -2_500_000n, -2.5],
    [1000n, 9_007_199_254_740_991_000n, 9_007_199_254_740_991],
  ])('of scale %d holds %d as %d', (scale, count, number) => {
    expect(unscaled(count, scale)).toBe(number);
  });
});

/** Cumulative points by counting single events, on an origin of their own. */
function pointsOf(
  all: readonly Event[],
  seenTo: number,
  zero: { readonly good: bigint; readonly bad: bigint; readonly covered: number },
): (at: number) => Point & Tally {
  return (at) => {
    const past = all.filter((event) => event.at <= at);
    const good = BigInt(past.filter((event) => event.good).length);
    return {
      at,
      good: zero.good + good,
      total: zero.good + zero.bad + BigInt(past.length),
      coveredSeconds: zero.covered + Math.min(at, seenTo),
    };
  };
}
