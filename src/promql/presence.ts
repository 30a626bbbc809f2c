import { type Counter, sameTargets } from './counter';
import { ORDINARY_LOOKBACK_SECONDS } from './delta';
import { formatSelector } from './selector';

/**
 * Whether anything was scraped in a step: a positive value when a target answered (`up` was 1) or
 * one of the series has a sample. A millisecond short of the step, so that the sample on its left
 * edge belongs to the step before on every engine.
 */
export function presence(counter: Counter, stepSeconds: number): string {
  const range = `[${stepSeconds * 1000 - 1}ms]`;
  const series = formatSelector(counter.selector);
  return `(max(${answered(counter, range)}) or max(present_over_time(${series}${range})))`;
}

/** When the newest sample of these targets was taken: epoch seconds by the source's clock. */
export function newestSample(counter: Counter): string {
  const up = `max(timestamp(${sameTargets(counter, 'up')}))`;
  const own = `max(timestamp(${formatSelector(counter.selector)}))`;
  return namesItsTargets(counter) ? `(${up} or ${own})` : own;
}

/** Targets that answered; a selector that names no job would else be covered by anything that is up. */
function answered(counter: Counter, range: string): string {
  const up = `(max_over_time(${sameTargets(counter, 'up')}${range}) > 0)`;
  if (namesItsTargets(counter)) return up;
  const series = formatSelector(counter.selector);
  const seen = `last_over_time(${series}[${ORDINARY_LOOKBACK_SECONDS}s])`;
  return `${up} and on (${counter.identity.join(', ')}) ${seen}`;
}

function namesItsTargets(counter: Counter): boolean {
  return counter.selector.matchers.some(({ label }) => counter.identity.includes(label));
}
