/**
 * Events of a span of time. `good` and `total` are whole multiples of 1/scale of their stream:
 * 1 for counted events, 1000 for seconds, 1 000 000 for ratios and estimates.
 */
export interface Tally {
  readonly good: bigint;
  readonly total: bigint;
  /** Seconds of the span in which the source was seen. */
  readonly coveredSeconds: number;
}

export const EMPTY_TALLY: Tally = { good: 0n, total: 0n, coveredSeconds: 0 };

/** Bad events: what is not good. */
export function badOf(tally: Pick<Tally, 'good' | 'total'>): bigint {
  return tally.total - tally.good;
}

export function add(a: Tally, b: Tally): Tally {
  return {
    good: a.good + b.good,
    total: a.total + b.total,
    coveredSeconds: a.coveredSeconds + b.coveredSeconds,
  };
}

/** Counts of a scale as a plain number of events. */
export function unscaled(count: bigint, scale: bigint): number {
  if (scale === 1n) return Number(count);
  const whole = count / scale;
  return Number(whole) + Number(count - whole * scale) / Number(scale);
}
