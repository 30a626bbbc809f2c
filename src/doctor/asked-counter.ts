import { counterPair } from '../promql/counter-pair';
import type { Slo } from '../domain/slo';
import type { Counter } from '../promql/counter';
import { formatSelector, type Matcher, narrowed, parseSelector } from '../promql/selector';

/** The series that an SLO's events, or its time, are counted by. */
export interface AskedCounter {
  readonly counter: Counter;
  /** The field of the definition that holds its selector. */
  readonly path: string;
  readonly kind: 'counter' | 'gauge';
}

/** Null for queries, whose series only their own answer tells. */
export function askedCounter(slo: Slo): AskedCounter | null {
  const { sli } = slo;
  if (sli.kind === 'availability') {
    const { identity, births } = slo.counting;
    const counter = { selector: parseSelector(sli.up), groupBy: slo.groupBy, identity, births };
    return { counter, path: 'sli.availability.up', kind: 'gauge' };
  }
  const pair = counterPair(slo);
  if (pair === null) return null;
  const path = sli.kind === 'latency' ? 'sli.latency.histogram' : 'sli.ratio.total';
  return { counter: pair.total, path, kind: 'counter' };
}

/** PromQL for the counter's series, with further matchers. */
export function seriesOf({ selector }: Counter, ...matchers: readonly Matcher[]): string {
  return formatSelector(narrowed(selector, matchers));
}
