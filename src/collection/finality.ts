import type { Slo } from '../domain/slo';
import { newestSample } from '../promql/presence';
import { formatSelector, parseSelector } from '../promql/selector';
import type { CounterSource } from './counter-reader';
import { counterPair } from './ratio-reader';
import { floorTo, LIVE_STEP_SECONDS } from './steps';

/** A step without data closes as missing after this long. */
export const REREAD_HORIZON_SECONDS = 600;

/**
 * The end of the last step that will not change any more: the source has a sample from past it, or
 * it is so old that it closes without.
 */
export async function lastFinalStep(
  at: CounterSource,
  slo: Slo,
  dueEnd: number,
  now: number,
): Promise<number> {
  const givenUp = floorTo(now - REREAD_HORIZON_SECONDS, LIVE_STEP_SECONDS);
  const query = newestQuery(slo);
  if (query === null) return dueEnd;
  const [found] = await at.source.instant(at.datasource, query, now);
  const seen = found === undefined ? -Infinity : floorTo(found.value, LIVE_STEP_SECONDS);
  return Math.min(dueEnd, Math.max(seen, givenUp));
}

/** When the newest sample behind an SLI was taken; null for queries, which say nothing of that. */
function newestQuery(slo: Slo): string | null {
  if (slo.sli.kind === 'availability') {
    return `max(timestamp(${formatSelector(parseSelector(slo.sli.up))}))`;
  }
  const pair = counterPair(slo);
  return pair === null ? null : newestSample(pair.total);
}
