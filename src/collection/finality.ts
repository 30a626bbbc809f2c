import type { Slo } from '../domain/slo';
import { counterPair } from '../promql/counter-pair';
import { newestSamples } from '../promql/presence';
import { formatSelector, parseSelector } from '../promql/selector';
import type { CounterSource } from './counter-reader';
import { ORDINARY_LATENESS } from './series-source';
import { floorTo } from '../ledger/grid';
import { LIVE_STEP_SECONDS } from './steps';

/** A step without data closes as missing after this long, where the source has no horizon of its own. */
export const REREAD_HORIZON_SECONDS = ORDINARY_LATENESS.rereadHorizonSeconds;

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
  const { rereadHorizonSeconds } = at.source.lateness(at.datasource);
  const givenUp = floorTo(now - rereadHorizonSeconds, LIVE_STEP_SECONDS);
  const queries = newestQueries(slo);
  if (queries.length === 0) return dueEnd;
  const newest = await firstAnswer(at, queries, now);
  const seen = newest === null ? -Infinity : floorTo(newest, LIVE_STEP_SECONDS);
  return Math.min(dueEnd, Math.max(seen, givenUp));
}

async function firstAnswer(
  at: CounterSource,
  queries: readonly string[],
  now: number,
): Promise<number | null> {
  for (const query of queries) {
    const [found] = await at.source.instant(at.datasource, query, now);
    if (found !== undefined) return found.value;
  }
  return null;
}

/** When the newest sample behind an SLI was taken; none for queries, which say nothing of that. */
function newestQueries(slo: Slo): readonly string[] {
  if (slo.sli.kind === 'availability') {
    return [`max(timestamp(${formatSelector(parseSelector(slo.sli.up))}))`];
  }
  const pair = counterPair(slo);
  return pair === null ? [] : newestSamples(pair.total);
}
