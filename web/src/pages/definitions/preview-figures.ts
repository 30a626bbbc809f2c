import type { AlertReplayView } from '../../../../src/slos/replay-view-types';
import type { LinePoint, Scale } from '../../kit/line-path';

/** More overspent than that is drawn at the edge. */
const LOWEST_LEFT = -1;
/** A quiet time is drawn flat, not blown up. */
const LEAST_BURN = 2;

/** From nothing left to all of it; below where more was spent. */
export function leftScale(points: readonly LinePoint[]): Scale {
  const lowest = Math.min(0, ...known(points));
  return { from: Math.max(LOWEST_LEFT, lowest), to: 1 };
}

export function burnScale(points: readonly LinePoint[]): Scale {
  return { from: 0, to: Math.max(LEAST_BURN, ...known(points)) };
}

/** How soon pages came: each from the beginning of the burn it told of; null where none did. */
export function medianDetection({ pages, tiers }: AlertReplayView): number | null {
  const firings = tiers.filter(({ kind }) => kind === 'page').flatMap((tier) => tier.firings);
  const seconds = pages.spans
    .flatMap(({ from }) => firings.find((firing) => firing.from === from)?.detectionSeconds ?? [])
    .sort((a, b) => a - b);
  const [low, high] = [seconds[(seconds.length - 1) >> 1], seconds[seconds.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function known(points: readonly LinePoint[]): readonly number[] {
  return points.flatMap(({ value }) => value ?? []);
}
