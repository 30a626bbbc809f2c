import { Objective } from './objective';
import { badOf, type Tally } from './tally';

/** So that the answer reads like an objective: 99.9567 %, not 99.95668231 %. */
const BUDGET_DIGITS = 3;
/** As many decimals as an objective may have. */
const MOST_DECIMALS = 12;

/**
 * The strictest objective that some events have met: the largest one with budget left, or just none,
 * whose error budget has at most three significant digits.
 *
 *     1 - objective = bad / total, rounded up
 *
 * 2 000 bad of 1 000 000: 99.8 %, to the last event. 1 of 3 000 000: 99.9999666 %.
 *
 * @param events counts of any scale
 * @returns null where no event was bad, so that every objective was met, and where (almost) all
 *   were, so that none was
 */
export function strictestObjective(events: Pick<Tally, 'good' | 'total'>): Objective | null {
  const bad = badOf(events);
  if (bad <= 0n) return null;
  for (let decimals = BUDGET_DIGITS; ; decimals += 1) {
    const whole = 10n ** BigInt(decimals);
    const tooCoarse = bad * whole < events.total * 10n ** BigInt(BUDGET_DIGITS - 1);
    if (tooCoarse && decimals < MOST_DECIMALS) continue;
    const allowed = dividedUp(bad * whole, events.total);
    if (allowed >= whole) return null;
    return Objective.parse(`0.${String(whole - allowed).padStart(decimals, '0')}`);
  }
}

function dividedUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
