import type { Slo } from '../domain/slo';
import { counterPair } from '../promql/counter-pair';
import { formatSelector, parseSelector } from '../promql/selector';
import { type CounterSource, groupKey, groupLabels } from './counter-reader';
import type { Labels } from './series-source';

/** A grouping label with more values than this is a mistake, such as a user id or a raw path. */
export const MOST_GROUPS = 1_000;

/** An SLO has more groups than may be kept; the first ones go on being counted. */
export class TooManyGroups extends Error {
  constructor(slo: Slo, count: number) {
    super(
      `groupBy ${slo.groupBy.join(', ')} gives ${count} groups, allowed: ${MOST_GROUPS}; ` +
        'the groups beyond are not counted: group by a label with fewer values',
    );
    this.name = 'TooManyGroups';
  }
}

/** The groups that had series in a span, by group key; asks the source's index, not its samples. */
export async function groupsWithin(
  at: CounterSource,
  slo: Slo,
  from: number,
  to: number,
): Promise<ReadonlyMap<string, Labels>> {
  const selector = groupSelector(slo);
  if (selector === null || to <= from) return new Map();
  const sets = await at.source.labelSets(at.datasource, selector, from, to);
  return new Map(
    sets.map((labels) => [groupKey(slo.groupBy, labels), groupLabels(slo.groupBy, labels)]),
  );
}

/** The series whose labels are the groups; null where only the query's own answer tells. */
function groupSelector(slo: Slo): string | null {
  if (slo.sli.kind === 'availability') return formatSelector(parseSelector(slo.sli.up));
  const pair = counterPair(slo);
  return pair === null ? null : formatSelector(pair.total.selector);
}
