/** History keeps the points of this grid; live points are one a minute. */
export const GRID_SECONDS = 300;
export const MINUTE_SECONDS = 60;
export const DAY_SECONDS = 86_400;

/** Instants of a UTC day on the grid, both midnights counted: index 0 to 288. */
export const LAST_GRID_INDEX = DAY_SECONDS / GRID_SECONDS;

/** Days that live points are kept. */
export const LIVE_DAYS = 4;

/** The last instant at or before `at` that is a multiple of `seconds`. */
export function floorTo(at: number, seconds: number): number {
  return Math.floor(at / seconds) * seconds;
}

/** The UTC day of an instant, as the epoch seconds of its beginning. */
export function dayOf(at: number): number {
  return floorTo(at, DAY_SECONDS);
}

export function onGrid(at: number): boolean {
  return at % GRID_SECONDS === 0;
}
