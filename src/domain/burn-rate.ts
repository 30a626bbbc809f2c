import { type Fraction, toNumber } from './fraction';
import type { Objective } from './objective';
import { badOf, type Tally } from './tally';

/**
 * How many times faster than "exactly on budget" the error budget is being spent.
 *
 *     burn rate = (bad / total) / (1 - objective)
 *
 * At 1 the budget lasts exactly one SLO window; at 14.4 a 30-day budget lasts 50 hours.
 * A full outage of a 99.9 % SLO burns at 1000. Covered time without traffic burns nothing.
 *
 * @param events    of the window looked back over
 * @param objective share of events that must be good
 * @returns a plain multiple, unrounded; null when nothing is known of the window
 * @see Site Reliability Workbook, ch. 5, "Alert on Burn Rate"
 */
export function burnRate(events: Tally, objective: Objective): number | null {
  if (events.total === 0n) return events.coveredSeconds > 0 ? 0 : null;
  const { numerator, denominator } = objective.budget;
  return toNumber({
    numerator: badOf(events) * denominator,
    denominator: events.total * numerator,
  });
}

/**
 * Whether the burn rate is strictly above a factor, compared as integers: exactly 14.4 is not above it.
 *
 *     bad / total > factor x (1 - objective)
 */
export function burnsFaster(events: Tally, objective: Objective, factor: Fraction): boolean {
  const { numerator, denominator } = objective.budget;
  return (
    badOf(events) * denominator * factor.denominator > events.total * numerator * factor.numerator
  );
}
