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
  /** Tells the tiers of an SLO apart; the default ones are called as Sloth calls them. */
  readonly name: string;
  readonly kind: AlertKind;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** Burn rate at which `budgetShare` is spent within the long window. */
  readonly factor: Fraction;
}

export interface TierShare {
  readonly name: string;
  readonly kind: AlertKind;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** Of the budget, spent when the tier fires after its whole long window. */
  readonly share: Fraction;
}

/** Site Reliability Workbook, table 5-8: windows for a 30-day budget and the share spent when they fire. */
const WORKBOOK_TIERS: readonly TierShare[] = [
  workbookTier('page-quick', 'page', HOUR_SECONDS, 5 * MINUTE_SECONDS, 2n),
  workbookTier('page-slow', 'page', 6 * HOUR_SECONDS, 30 * MINUTE_SECONDS, 5n),
  workbookTier('ticket-quick', 'ticket', DAY_SECONDS, 2 * HOUR_SECONDS, 10n),
  workbookTier('ticket-slow', 'ticket', 3 * DAY_SECONDS, 6 * HOUR_SECONDS, 10n),
];

function workbookTier(
  name: string,
  kind: AlertKind,
  longSeconds: number,
  shortSeconds: number,
  percent: bigint,
): TierShare {
  return {
    name,
    kind,
    longSeconds,
    shortSeconds,
    share: { numerator: percent, denominator: 100n },
  };
}

const WORKBOOK_PERIOD_SECONDS = 30 * DAY_SECONDS;
const SHORTEST_UNSCALED_SECONDS = 28 * DAY_SECONDS;
export const SHORTEST_WINDOW_SECONDS = 3 * DAY_SECONDS;
export const WINDOW_GRAIN_SECONDS = 5 * MINUTE_SECONDS;

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
  return defaultTiers(periodSeconds).map((tier) => tierAtShare(tier, periodSeconds));
}

/** The same as windows and shares. @throws InvalidValue under 3 days */
export function defaultTiers(periodSeconds: number): readonly TierShare[] {
  if (periodSeconds < SHORTEST_WINDOW_SECONDS) {
    throw new InvalidValue('SLO window in seconds', periodSeconds, '3d (259200) or longer');
  }
  return WORKBOOK_TIERS.map((tier) => ({
    ...tier,
    longSeconds: scaled(tier.longSeconds, periodSeconds),
    shortSeconds: scaled(tier.shortSeconds, periodSeconds),
  }));
}

/** The tier that fires when its share of a period's budget is spent within its long window. */
export function tierAtShare(
  { name, kind, longSeconds, shortSeconds, share }: TierShare,
  periodSeconds: number,
): AlertTier {
  const factor = {
    numerator: share.numerator * BigInt(Math.round(periodSeconds)),
    denominator: share.denominator * BigInt(longSeconds),
  };
  return { name, kind, longSeconds, shortSeconds, factor };
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
