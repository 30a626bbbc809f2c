import type { Series } from './series-source';
import { stepCount, type Steps } from './steps';

/** A scrape that is late by half an interval has failed. */
const LONGEST_GAP_SCRAPES = 1.5;
const JITTER_SECONDS = 1;

/** The longest time between two scrapes none of which failed, in seconds. */
export function longestGap(scrapeIntervalSeconds: number): number {
  return LONGEST_GAP_SCRAPES * scrapeIntervalSeconds + JITTER_SECONDS;
}

/**
 * What a counter grew by in each step, from its scraped samples: the last value up to a step's end
 * minus the last one up to its start, which is what PromQL's `S - S offset s` says.
 *
 * @param longestGapSeconds between two scrapes; within it nothing can have happened unseen
 * @returns null when anything was out of the ordinary: the series began, ended, fell or was not
 *   scraped for a while, and must be looked at by the full expression
 */
export function ordinaryIncrements(
  { at, values }: Series,
  steps: Steps,
  longestGapSeconds: number,
): readonly number[] | null {
  let k = lastUpTo(at, steps.from);
  if (k < 0 || steps.from - (at[k] ?? -Infinity) > longestGapSeconds) return null;
  const increments: number[] = [];
  let value = values[k] ?? NaN;
  for (let end = steps.from + steps.stepSeconds; end <= steps.to; end += steps.stepSeconds) {
    const before = value;
    while (k + 1 < at.length && (at[k + 1] ?? Infinity) <= end) {
      k += 1;
      const next = values[k] ?? NaN;
      if (!(next >= value) || (at[k] ?? 0) - (at[k - 1] ?? 0) > longestGapSeconds) return null;
      value = next;
    }
    if (end - (at[k] ?? -Infinity) > longestGapSeconds || !Number.isFinite(value)) return null;
    increments.push(value - before);
  }
  return increments;
}

/** The mean of a gauge's samples in each step; null where it has none. */
export function meansPerStep({ at, values }: Series, steps: Steps): readonly (number | null)[] {
  const count = stepCount(steps);
  const sums = new Array<number>(count).fill(0);
  const samples = new Array<number>(count).fill(0);
  at.forEach((instant, k) => {
    const index = Math.ceil((instant - steps.from) / steps.stepSeconds) - 1;
    if (index < 0 || index >= count) return;
    sums[index] = (sums[index] ?? 0) + (values[k] ?? NaN);
    samples[index] = (samples[index] ?? 0) + 1;
  });
  return sums.map((sum, k) => (samples[k] === 0 ? null : sum / (samples[k] ?? 0)));
}

/** Whether there is a sample in each step. */
export function markScraped({ at }: Series, steps: Steps, scraped: boolean[]): void {
  for (let k = at.length - 1; k >= 0; k -= 1) {
    const instant = at[k] ?? -Infinity;
    if (instant <= steps.from) return;
    const index = Math.ceil((instant - steps.from) / steps.stepSeconds) - 1;
    if (index < scraped.length) scraped[index] = true;
  }
}

function lastUpTo(at: readonly number[], instant: number): number {
  let k = at.length - 1;
  while (k >= 0 && (at[k] ?? Infinity) > instant) k -= 1;
  return k;
}
