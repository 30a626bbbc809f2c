import { parseSeconds } from '../domain/duration';
import type { Slo } from '../domain/slo';
import { counterPair } from '../promql/counter-pair';
import { formatSelector } from '../promql/selector';
import type { CounterSource } from './counter-reader';
import type { Labels } from './series-source';

const LOOKED_BACK_SECONDS = parseSeconds('1d');

/**
 * What is odd about the good or bad part of a ratio whose total has series, and it has none: a label
 * that no series of the total carries is a slip, anything else may just not have happened yet.
 *
 * @returns a sentence for people; null when nothing is odd
 */
export async function doubtfulPart(
  at: CounterSource,
  slo: Slo,
  now: number,
): Promise<string | null> {
  const pair = slo.sli.kind === 'ratio' ? counterPair(slo) : null;
  if (pair === null) return null;
  const found = (selector: typeof pair.total.selector) =>
    at.source.labelSets(at.datasource, formatSelector(selector), now - LOOKED_BACK_SECONDS, now);
  const part = pair.part.selector;
  if ((await found(part)).length > 0) return null;
  const totals = await found(pair.total.selector);
  if (totals.length === 0) return null;
  const nothing = `no series matched ${pair.role} ${formatSelector(part)} in the last day`;
  const known = labelNames(totals);
  const stranger = part.matchers.find(({ label }) => !known.has(label));
  if (part.metric === pair.total.selector.metric && stranger !== undefined) {
    return `${nothing}: the series of the total have no label ${stranger.label}, allowed: ${[...known].sort().join(', ')}`;
  }
  return `${nothing}, while the total has series: is it spelled right, or has it not happened yet?`;
}

function labelNames(sets: readonly Labels[]): ReadonlySet<string> {
  return new Set(
    sets.flatMap((labels) => Object.keys(labels)).filter((name) => name !== '__name__'),
  );
}
