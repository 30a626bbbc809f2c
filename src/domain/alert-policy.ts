import { burnsFaster } from './burn-rate';
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from './duration';
import { type Fraction } from './fraction';
import { InvalidValue } from './invalid-value';
import type { Objective } from './objective';
import type { Tally } from './tally';

/** Wakes someone, or waits for working hours. */
export type AlertKind = 'page' | 'ticket';

/** One pair of alert windows: it fires when both burn faster than the factor. */
export interface AlertTier {
  readonly kind: AlertKind;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** Burn rate at which `budgetShare` is spent within the long window. */
  readonly factor: Fraction;
}

interface TierShare {
  readonly kind: AlertKind;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  readonly sharePercent: bigint;
}

/** Site Reliability Workbook, table 5-8: windows for a 30-day budget and the share spent when they fire. */
const WORKBOOK_TIERS: readonly TierShare[] = [
  { kind: 'page', longSeconds: HOUR_SECONDS, shortSeconds: 5 * MINUTE_SECONDS, sharePercent: 2n },
  {
    kind: 'page',
    longSeconds: 6 * HOUR_SECONDS,
    shortSeconds: 30 * MINUTE_SECONDS,
    sharePercent: 5n,
  },
  { kind: 'ticket', longSeconds: DAY_SECONDS, shortSeconds: 2 * HOUR_SECONDS, sharePercent: 10n },
  {
    kind: 'ticket',
    longSeconds: 3 * DAY_SECONDS,
    shortSeconds: 6 * HOUR_SECONDS,
    sharePercent: 10n,
  },
];
const WORKBOOK_PERIOD_SECONDS = 30 * DAY_SECONDS;
const SHORTEST_UNSCALED_SECONDS = 28 * DAY_SECONDS;
export const SHORTEST_WINDOW_SECONDS = 3 * DAY_SECONDS;
const WINDOW_GRAIN_SECONDS = 5 * MINUTE_SECONDS;

/**
 * The default multi-window, multi-burn-rate tiers of a budget period.
 *
 *     factor = share x period / long window
 *
 * 30 days: 14.4, 6, 3 and 1; 28 days: 13.44, 5.6, 2.8 and 0.9333. Periods under 28 days scale the
 * windows, rounded up to five minutes, and take the factor from the rounded length.
 *
 * @param periodSeconds length of the SLO window
 * @throws InvalidValue under 3 days, where the windows would be too short to tell noise from trouble
 * @see Site Reliability Workbook, ch. 5, "Multiwindow, Multi-Burn-Rate Alerts"
 */
export function alertTiers(periodSeconds: number): readonly AlertTier[] {
  if (periodSeconds < SHORTEST_WINDOW_SECONDS) {
    throw new InvalidValue('SLO window in seconds', periodSeconds, '3d (259200) or longer');
  }
  return WORKBOOK_TIERS.map(({ kind, longSeconds, shortSeconds, sharePercent }) => {
    const long = scaled(longSeconds, periodSeconds);
    const factor = {
      numerator: sharePercent * BigInt(Math.round(periodSeconds)),
      denominator: 100n * BigInt(long),
    };
    return { kind, longSeconds: long, shortSeconds: scaled(shortSeconds, periodSeconds), factor };
  });
}

function scaled(seconds: number, periodSeconds: number): number {
  if (periodSeconds >= SHORTEST_UNSCALED_SECONDS) return seconds;
  const exact = (seconds * periodSeconds) / WORKBOOK_PERIOD_SECONDS;
  return Math.ceil(exact / WINDOW_GRAIN_SECONDS) * WINDOW_GRAIN_SECONDS;
}

/**
 * Whether a tier could ever fire: its factor must stay below the fastest burn there is, that of a
 * full outage, 1 / (1 - objective).
 */
export function canFire(tier: AlertTier, objective: Objective): boolean {
  const { numerator, denominator } = objective.budget;
  return tier.factor.numerator * numerator < tier.factor.denominator * denominator;
}

/** A tier fires when both its windows burn strictly faster than its factor. */
export function tierFires(
  tier: AlertTier,
  objective: Objective,
  long: Tally,
  short: Tally,
): boolean {
  return burnsFaster(long, objective, tier.factor) && burnsFaster(short, objective, tier.factor);
}
