import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../domain/duration';
import { type SeverityTier, tiersInForce } from '../domain/alert-tiers';
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

/** What an SLO is told over while its window has one length. */
export interface LookBacks {
  readonly windowSeconds: number;
  /** Those that can fire and are not switched off. */
  readonly tiers: readonly SeverityTier[];
  /** Every window the burn is told over, ascending: the usual ones, the alert windows, the SLO's own. */
  readonly burnWindows: readonly number[];
}

/** An SLO is never changed, only replaced, and a calendar's periods differ in length. */
const made = new WeakMap<Slo, LookBacks>();

export function lookBacksOf(slo: Slo, at: number): LookBacks {
  const seconds = windowSeconds(slo.window, at);
  const known = made.get(slo);
  if (known?.windowSeconds === seconds) return known;
  const tiers = tiersInForce(slo, seconds);
  const alerting = tiers.flatMap(({ tier }) => [tier.longSeconds, tier.shortSeconds]);
  const burnWindows = [...new Set([...USUAL_WINDOWS, ...alerting, seconds])].sort((a, b) => a - b);
  const lookBacks = { windowSeconds: seconds, tiers, burnWindows };
  made.set(slo, lookBacks);
  return lookBacks;
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
