import { type Counter, sameTargets } from './counter';
import { ORDINARY_LOOKBACK_SECONDS } from './delta';
import { formatSelector } from './selector';

/**
 * Whether anything was scraped in a step: a positive value of any of these when a target answered
 * (`up` was 1) or one of the series has a sample. The cheap question comes first and mostly
 * answers; all SLOs of a job share it. A millisecond short of the step, so that the sample on its
 * left edge belongs to the step before on every engine.
 */
export function presences(counter: Counter, stepSeconds: number): readonly [string, string] {
  const range = `[${stepSeconds * 1000 - 1}ms]`;
  const series = `max(present_over_time(${formatSelector(counter.selector)}${range}))`;
  const targets = `max(${answered(counter, range)})`;
  return namesItsTargets(counter) ? [targets, series] : [series, targets];
}

/**
 * When the newest sample of these targets was taken: epoch seconds by the source's clock. The first
 * of these that has an answer tells.
 */
export function newestSamples(counter: Counter): readonly string[] {
  const own = `max(timestamp(${formatSelector(counter.selector)}))`;
  return namesItsTargets(counter) ? [`max(timestamp(${sameTargets(counter, 'up')}))`, own] : [own];
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
