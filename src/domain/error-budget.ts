import { type Fraction, toNumber } from './fraction';
import type { Objective } from './objective';
import { badOf, type Tally } from './tally';

/** What an objective allows over some events, and how much of it is gone. */
export interface ErrorBudget {
  /** Bad events allowed, in events of the stream's scale; fractional. */
  readonly allowedBad: number;
  /** Share of the budget that is spent; above 1 when overspent. */
  readonly consumedRatio: number;
  /** 1 - consumed, signed: -0.5 means half a budget too much was spent. */
  readonly remainingRatio: number;
  /** Bad events that may still happen; negative when overspent. */
  readonly remainingBad: number;
}

/**
 * The error budget of the events of a window.
 *
 *     allowed = (1 - objective) x total      consumed = bad / allowed      remaining = 1 - consumed
 *
 * 2 000 bad of 1 000 000 at 99.5 %: 5 000 allowed, 0.4 consumed, 0.6 remaining.
 * Covered time without events has spent nothing: consumed 0, remaining 1.
 *
 * @returns null when no time is covered, since then nothing is known
 * @see Site Reliability Workbook, ch. 2, "Error budgets"
 */
export function errorBudget(events: Tally, objective: Objective): ErrorBudget | null {
  if (events.total === 0n) {
    return events.coveredSeconds > 0
      ? { allowedBad: 0, consumedRatio: 0, remainingRatio: 1, remainingBad: 0 }
      : null;
  }
  const { numerator, denominator } = objective.budget;
  const allowed = events.total * numerator;
  const spent = badOf(events) * denominator;
  return {
    allowedBad: toNumber({ numerator: allowed, denominator }),
    consumedRatio: toNumber({ numerator: spent, denominator: allowed }),
    remainingRatio: toNumber({ numerator: allowed - spent, denominator: allowed }),
    remainingBad: toNumber({ numerator: allowed - spent, denominator }),
  };
}

/**
 * Good share of the events.
 *
 * @returns 0 to 1, or null when nothing happened
 */
export function sliRatio(events: Tally): number | null {
  return events.total === 0n
    ? null
    : toNumber({ numerator: events.good, denominator: events.total });
}

/**
 * The budget as time: the seconds of a full outage that the objective allows in a window.
 *
 *     budget seconds = (1 - objective) x window seconds
 *
 * 99.9 % over 30 days allows 2 592 s, 43.2 minutes.
 */
export function budgetSeconds(objective: Objective, windowSeconds: number): number {
  const { numerator, denominator }: Fraction = objective.budget;
  return toNumber({ numerator: numerator * BigInt(Math.round(windowSeconds)), denominator });
}

/** A budget as time: what was spent, and what is left, signed. */
export interface SpentSeconds {
  readonly consumedSeconds: number;
  readonly remainingSeconds: number;
}

/**
 * How much of the budget's time is spent.
 *
 *     consumed seconds = bad / total x window seconds      remaining = budget seconds - consumed
 *
 * 2 000 bad of 1 000 000 over 30 days: 5 184 s; at 99.5 % 7 776 of 12 960 s are left.
 *
 * @returns null when no time is covered
 */
export function budgetSpentSeconds(
  events: Tally,
  objective: Objective,
  windowSeconds: number,
): SpentSeconds | null {
  if (events.total === 0n) {
    return events.coveredSeconds > 0
      ? { consumedSeconds: 0, remainingSeconds: budgetSeconds(objective, windowSeconds) }
      : null;
  }
  const { numerator, denominator } = objective.budget;
  const seconds = BigInt(Math.round(windowSeconds));
  const bad = badOf(events);
  return {
    consumedSeconds: toNumber({ numerator: bad * seconds, denominator: events.total }),
    remainingSeconds: toNumber({
      numerator: (events.total * numerator - bad * denominator) * seconds,
      denominator: events.total * denominator,
    }),
  };
}
