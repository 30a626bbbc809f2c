import { formatSelector, type Selector } from './selector';

/**
 * Restarts move the start by a second at least; exporters that compute it from an uptime waver by
 * less. Among up to 398 samples a change of one second has a standard deviation above a twentieth.
 */
const WAVERING_SECONDS = 0.05;

/** The processes whose start time changed within a range: those that are another one than before. */
export function changedStarts(starts: Selector, rangeSeconds: number): string {
  const range = `[${Math.round(rangeSeconds * 1000)}ms]`;
  return `stddev_over_time(${formatSelector(starts)}${range}) > ${WAVERING_SECONDS}`;
}
