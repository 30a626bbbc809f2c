import { DAY_SECONDS, HOUR_SECONDS } from '../domain/duration';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import { LIVE_STEP_SECONDS, type Steps } from './steps';

/** The last hours are read minute by minute, so that short windows are exact at once. */
const MINUTES_FOR_SECONDS = 2 * HOUR_SECONDS;
/** Near history is read in small pieces, so that burn rates are right soon; the rest in larger ones. */
const NEAR_SECONDS = 3 * DAY_SECONDS;
const FAR_DAYS = 5;

/**
 * The next piece of history to read, newest first. Pieces end at midnight UTC, since complete days
 * are packed as one.
 *
 * @param before epoch seconds on a whole minute, back to which history is read
 * @param target epoch seconds on the grid, back to which it is wanted
 * @param mostDays a smaller number than usual when the source found a piece too large
 * @returns null when there is nothing left to read
 */
export function nextPiece(
  before: number,
  target: number,
  now: number,
  mostDays: number = FAR_DAYS,
): Steps | null {
  if (before <= target) return null;
  const midnight = floorTo(before - 1, DAY_SECONDS);
  const minutesFrom = floorTo(now - MINUTES_FOR_SECONDS, GRID_SECONDS);
  if (before > minutesFrom) {
    return {
      from: Math.max(target, midnight, minutesFrom),
      to: before,
      stepSeconds: LIVE_STEP_SECONDS,
    };
  }
  // A group that began between two places of the grid is read back to the earlier one first.
  const place = floorTo(before, GRID_SECONDS);
  if (place < before) return { from: place, to: before, stepSeconds: LIVE_STEP_SECONDS };
  const days = now - before < NEAR_SECONDS ? 1 : Math.min(mostDays, FAR_DAYS);
  const from = before % DAY_SECONDS === 0 ? before - days * DAY_SECONDS : midnight;
  return { from: Math.max(target, from), to: before, stepSeconds: GRID_SECONDS };
}
