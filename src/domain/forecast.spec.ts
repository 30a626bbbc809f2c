import fc from 'fast-check';
import { endOf, fallsTo, highest, type Leaving, risesAbove, type WalkAssumed } from './forecast';

const DAY = 86_400;
const WINDOW = 30 * DAY;

/** A 30-day budget of 1 000 bad events, a burn rate, and what leaves. */
function walk(over: {
  readonly remaining: number;
  readonly burn: number;
  readonly leaving?: readonly Leaving[];
}): WalkAssumed {
  return {
    bad: 1_000 * (1 - over.remaining),
    allowedBad: 1_000,
    badPerSecond: (over.burn * 1_000) / WINDOW,
    allowedBadPerSecond: 1_000 / WINDOW,
    // As much traffic leaves as comes.
    leaving: over.leaving ?? days(30, 0),
    seconds: WINDOW,
  };
}

/** Days in which so many bad events happened. */
function days(count: number, bad: number): readonly Leaving[] {
  return Array.from({ length: count }, () => ({ seconds: DAY, bad, allowedBad: 1_000 / 30 }));
}

function inDays(seconds: number | null): number | null {
  return seconds === null ? null : seconds / DAY;
}

describe('a budget is exhausted', () => {
  it.each([
    ['half of it at burn rate 3, while nothing leaves', { remaining: 0.5, burn: 3 }, 5],
    [
      'never at 1, when bad events leave as fast as they come',
      { remaining: 0.5, burn: 1, leaving: days(30, 1_000 / 30) },
      null,
    ],
    ['a twentieth at 0.9, while nothing leaves', { remaining: 0.05, burn: 0.9 }, 1.666_67],
    ['at once when it is spent', { remaining: -0.1, burn: 0 }, 0],
    ['never without a burn', { remaining: 0.001, burn: 0 }, null],
    ['a whole one at 14.4 in 50 hours', { remaining: 1, burn: 14.4 }, 50 / 24],
    [
      // 40 a day come, the first 10 days bring back 60 a day.
      'later than it looks when an old incident leaves first',
      { remaining: 0.4, burn: 1.2, leaving: [...days(10, 60), ...days(20, 0)] },
      // 600 - 10 x 20 = 400 bad after ten days, then 600 more at 40 a day.
      25,
    ],
  ])('%s', (_, given, expected) => {
    const days = inDays(fallsTo(walk(given), 0));
    if (expected === null) expect(days).toBeNull();
    else expect(days).toBeCloseTo(expected, 4);
  });

  it('sooner than the events say where traffic has just begun', () => {
    // A day old: 10 of 33.3 allowed are spent. Burning at 2, 66.7 a day come and 33.3 are allowed.
    const young = { ...walk({ remaining: 1, burn: 2 }), bad: 10, allowedBad: 1_000 / 30 };
    expect(inDays(fallsTo({ ...young, leaving: [] }, 0))).toBeCloseTo(
      (1_000 / 30 - 10) / (1_000 / 30),
    );
  });
});

describe('a spent budget', () => {
  const quiet = (count: number) => days(count, 0);
  const incidents = [...quiet(4), ...days(1, 250), ...quiet(10), ...days(1, 950), ...quiet(14)];
  const spent = walk({ remaining: -0.2, burn: 0, leaving: incidents });

  it('is back as soon as what was too much has left', () => {
    expect(inDays(risesAbove(spent, 0))).toBeCloseTo(4 + 200 / 250, 6);
    // 250 bad leave three quarters: 700 of the second incident have to go, too.
    expect(inDays(risesAbove(spent, 0.75))).toBeCloseTo(15 + 700 / 950, 6);
    expect(inDays(highest(spent).seconds)).toBe(16);
    expect(highest(spent).remainingRatio).toBeCloseTo(1, 9);
  });

  it('comes back later, or never, while it burns on', () => {
    // 60 more a day: 1 850 after 15 days, and 890 a day less while the second incident leaves.
    const burning = { ...spent, badPerSecond: 60 / DAY };
    expect(inDays(risesAbove(burning, 0))).toBeCloseTo(15 + 850 / 890, 6);
    expect(risesAbove(walk({ remaining: -0.2, burn: 2, leaving: incidents }), 0)).toBeNull();
  });

  it('ends the window with what its burn leaves of it', () => {
    const { seconds, remainingRatio } = endOf({ ...spent, badPerSecond: 250 / WINDOW });
    expect(seconds).toBe(WINDOW);
    expect(remainingRatio).toBeCloseTo(0.75, 9);
  });
});

const anyWalk = fc
  .record({
    bads: fc.array(fc.nat(100), { minLength: 1, maxLength: 20 }),
    total: fc.integer({ min: 1, max: 1_000 }),
    burn: fc.integer({ min: 0, max: 40 }).map((burn) => burn / 10),
  })
  .map(({ bads, total, burn }): WalkAssumed => {
    const leaving = bads.map((bad) => ({ seconds: 300, bad, allowedBad: total / 20 }));
    const seconds = 300 * bads.length;
    const allowedBad = (total / 20) * bads.length;
    return {
      bad: bads.reduce((a, b) => a + b, 0),
      allowedBad,
      badPerSecond: (burn * allowedBad) / seconds,
      allowedBadPerSecond: allowedBad / seconds,
      leaving,
      seconds,
    };
  });

describe('a walk', () => {
  const somewhere = fc.array(fc.double({ min: 0, max: 1, noNaN: true }));

  it.each([
    ['falls to nothing', fallsTo, 1],
    ['comes back', risesAbove, -1],
  ] as const)('%s where nothing is left, and not before', (_, crossing, sign) => {
    fc.assert(
      fc.property(anyWalk, somewhere, (walk, parts) => {
        const crossed = crossing(walk, 0);
        if (crossed === 0) {
          expect(sign * leftAt(walk, 0)).toBeLessThan(1e-6);
          return;
        }
        const end = crossed ?? walk.seconds;
        for (const part of parts) expect(sign * leftAt(walk, part * end)).toBeGreaterThan(-1e-6);
        if (crossed !== null) expect(leftAt(walk, crossed)).toBeCloseTo(0, 6);
      }),
    );
  });

  it('ends with the burn alone, since by then all that happened before has left', () => {
    fc.assert(
      fc.property(anyWalk, (walk) => {
        const burn = walk.badPerSecond / walk.allowedBadPerSecond;
        expect(endOf(walk).remainingRatio).toBeCloseTo(1 - burn, 6);
      }),
    );
  });
});

/** Bad events that may still happen at an instant, each slice looked at by itself. */
function leftAt(walk: WalkAssumed, at: number): number {
  let left = walk.allowedBad - walk.bad + (walk.allowedBadPerSecond - walk.badPerSecond) * at;
  for (const [k, { seconds, bad, allowedBad }] of walk.leaving.entries()) {
    const gone = Math.min(1, Math.max(0, (at - k * seconds) / seconds));
    left += gone * (bad - allowedBad);
  }
  return left;
}
