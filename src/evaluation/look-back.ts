import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../domain/duration';
import { alertTiers, type AlertTier, canFire } from '../domain/alert-policy';
import type { Slo } from '../domain/slo';
import { windowSeconds } from '../domain/slo-window';

/** Burn rates are told over these, whatever the SLO alerts on. */
const USUAL_WINDOWS: readonly number[] = [
  5 * MINUTE_SECONDS,
  30 * MINUTE_SECONDS,
  HOUR_SECONDS,
  2 * HOUR_SECONDS,
  6 * HOUR_SECONDS,
  DAY_SECONDS,
  3 * DAY_SECONDS,
];

/** Windows start on the minute up to this length, on the five-minute grid beyond. */
const MINUTE_EXACT_SECONDS = 3 * DAY_SECONDS;
const GRID_SECONDS = 300;

/** The tiers that an SLO alerts on: the defaults of its window that can fire and are not switched off. */
export function tiersOf(
  slo: Slo,
  at: number,
): readonly (AlertTier & { readonly severity: string })[] {
  return alertTiers(windowSeconds(slo.window, at)).flatMap((tier) => {
    const override = slo.alerting.tiers.find(({ kind }) => kind === tier.kind);
    if (override?.disabled === true || !canFire(tier, slo.objective)) return [];
    return [{ ...tier, severity: override?.severity ?? tier.kind }];
  });
}

/** Every window an SLO's burn is told over, ascending: the usual ones, its alert windows and its own. */
export function burnWindows(slo: Slo, at: number): readonly number[] {
  const alerting = tiersOf(slo, at).flatMap(({ longSeconds, shortSeconds }) => [
    longSeconds,
    shortSeconds,
  ]);
  const all = new Set([...USUAL_WINDOWS, ...alerting, windowSeconds(slo.window, at)]);
  return [...all].sort((a, b) => a - b);
}

/** Where a look-back of this length begins. */
export function lookBackStart(at: number, seconds: number): number {
  const start = at - seconds;
  return seconds <= MINUTE_EXACT_SECONDS ? start : Math.floor(start / GRID_SECONDS) * GRID_SECONDS;
}

/** The instant that answers a question about `at`: its minute, or its five minutes once an hour has passed. */
export function answeredInstant(at: number, now: number): number {
  const grain = now - at > HOUR_SECONDS ? GRID_SECONDS : MINUTE_SECONDS;
  return Math.floor(at / grain) * grain;
}
