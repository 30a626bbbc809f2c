/** Events that leave the window together, as time goes on. */
export interface Leaving {
  /** Of the time in which they leave; as long as the time in which they happened. */
  readonly seconds: number;
  readonly bad: number;
  /** Bad events that were allowed for what leaves. */
  readonly allowedBad: number;
}

/** What a walk starts from and what it assumes; events as plain numbers, they need not be whole. */
export interface WalkAssumed {
  readonly bad: number;
  readonly allowedBad: number;
  /** Bad events that come, and those that are allowed for all that comes, a second. */
  readonly badPerSecond: number;
  readonly allowedBadPerSecond: number;
  /** In the order in which it leaves; beyond it nothing does. */
  readonly leaving: readonly Leaving[];
  /** The walk ends here: after one window, or with the calendar's period. */
  readonly seconds: number;
}

/** A place of the walk. */
export interface Milestone {
  readonly seconds: number;
  /** Signed; null while nothing is allowed, since nothing happened. */
  readonly remainingRatio: number | null;
}

/**
 * When the remaining budget first comes down to a ratio.
 *
 *     remaining(t) = 1 - (bad + coming x t - left(t)) / (allowed + allowed coming x t - allowed left(t))
 *
 * Half a 30-day budget at burn rate 3, nothing leaves for 5 days: 0.5 x 30 / 3 = 5 days. At 0.9 with
 * 5 % left: 0.05 x 30 / 0.9 = 1.67 days. Burning as fast as bad events leave: never.
 *
 * Events come evenly and leave evenly within each slice, so that between two slices' ends both sides
 * are straight lines and the instant is where they meet.
 *
 * @param ratio what is left then; 0 is exhaustion
 * @returns seconds, 0 when no more is left already, null when the walk stays above the ratio
 */
export function fallsTo(walk: WalkAssumed, ratio: number): number | null {
  return firstAt(walk, (bad, allowed) => allowed * (1 - ratio) - bad);
}

/**
 * When more than a ratio is first left again.
 *
 * A budget overspent by a tenth of it, without a bad event any more: as soon as the slices that left
 * held a tenth of the budget.
 *
 * @returns seconds, 0 when more is left already, null when it is not within the walk
 */
export function risesAbove(walk: WalkAssumed, ratio: number): number | null {
  return firstAt(walk, (bad, allowed) => bad - allowed * (1 - ratio));
}

/** Where the walk ends. */
export function endOf(walk: WalkAssumed): Milestone {
  let last: Segment | null = null;
  for (const segment of segments(walk)) last = segment;
  if (last === null) return milestone(0, walk.bad, walk.allowedBad);
  return milestone(last.to, last.badAfter, last.allowedAfter);
}

/** The highest remaining budget of the walk, and when. */
export function highest(walk: WalkAssumed): Milestone {
  let best = milestone(0, walk.bad, walk.allowedBad);
  for (const { to, badAfter, allowedAfter } of segments(walk)) {
    const next = milestone(to, badAfter, allowedAfter);
    if ((next.remainingRatio ?? -Infinity) > (best.remainingRatio ?? -Infinity)) best = next;
  }
  return best;
}

/** A part of the walk in which everything goes evenly. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly bad: number;
  readonly allowed: number;
  readonly badAfter: number;
  readonly allowedAfter: number;
}

function* segments(walk: WalkAssumed): Generator<Segment> {
  const { badPerSecond, allowedBadPerSecond, leaving, seconds } = walk;
  let [at, bad, allowed] = [0, walk.bad, walk.allowedBad];
  for (const slice of [...leaving, { seconds: Infinity, bad: 0, allowedBad: 0 }]) {
    const to = Math.min(at + slice.seconds, seconds);
    if (!(to > at)) continue;
    const part = Number.isFinite(slice.seconds) ? (to - at) / slice.seconds : 0;
    const badAfter = bad + badPerSecond * (to - at) - slice.bad * part;
    const allowedAfter = allowed + allowedBadPerSecond * (to - at) - slice.allowedBad * part;
    yield { from: at, to, bad, allowed, badAfter, allowedAfter };
    [at, bad, allowed] = [to, badAfter, allowedAfter];
  }
}

/** Where a measure that falls in straight lines first is no longer above 0. */
function firstAt(walk: WalkAssumed, left: (bad: number, allowed: number) => number): number | null {
  if (left(walk.bad, walk.allowedBad) <= 0) return 0;
  for (const { from, to, bad, allowed, badAfter, allowedAfter } of segments(walk)) {
    const [before, after] = [left(bad, allowed), left(badAfter, allowedAfter)];
    if (after <= 0) return from + ((to - from) * before) / (before - after);
  }
  return null;
}

function milestone(seconds: number, bad: number, allowed: number): Milestone {
  return { seconds, remainingRatio: allowed > 0 ? 1 - bad / allowed : null };
}
