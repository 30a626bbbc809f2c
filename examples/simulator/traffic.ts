import { streamOf, uniform } from './random';
import type { TrafficShape } from './system';

const DAY_SECONDS = 86_400;
const LOCAL_OFFSET_SECONDS = 3 * 3_600;
const QUIETEST_HOUR = 4;
const NOISE_SHARE = 0.06;
const NOISE_GRAIN_SECONDS = 300;

/**
 * Requests a second at an instant: a day that is quietest at four in the morning and busiest at
 * four in the afternoon, a weekend factor, and some noise of its own for every five minutes.
 *
 * @param at epoch seconds
 */
export function requestsPerSecond(shape: TrafficShape, seed: string, at: number): number {
  const local = at - LOCAL_OFFSET_SECONDS;
  const hour = (local % DAY_SECONDS) / 3_600;
  const daylight = (1 - Math.cos(((hour - QUIETEST_HOUR) / 24) * 2 * Math.PI)) / 2;
  // The epoch began on a Thursday.
  const weekday = (Math.floor(local / DAY_SECONDS) + 4) % 7;
  const weekend = weekday === 0 || weekday === 6 ? shape.weekendFactor : 1;
  const grain = Math.floor(at / NOISE_GRAIN_SECONDS);
  const noise = 1 + NOISE_SHARE * (2 * uniform(streamOf(seed), grain) - 1);
  return (
    shape.peakPerSecond * (shape.nightShare + (1 - shape.nightShare) * daylight) * weekend * noise
  );
}
