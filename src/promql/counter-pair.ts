import type { Sli, Slo } from '../domain/slo';
import { bucketOf, countOf } from './bucket';
import { withinTotal } from './containment';
import type { Counter } from './counter';
import { parseSelector } from './selector';

/** A total counter with the counter of its good or bad part. */
export interface CounterPair {
  readonly total: Counter;
  readonly part: Counter;
  readonly role: 'good' | 'bad';
}

/** The two counters of a ratio or a classic latency SLI; null for the kinds that have none. */
export function counterPair(slo: Slo): CounterPair | null {
  const counter = (selector: Counter['selector']): Counter => ({
    selector,
    groupBy: slo.groupBy,
    identity: slo.counting.identity,
    births: slo.counting.births,
  });
  const sli: Sli = slo.sli;
  if (sli.kind === 'ratio') {
    const { role, selector } = sli.part;
    const total = counter(parseSelector(sli.total));
    return { total, part: partOf(total, counter(parseSelector(selector))), role };
  }
  if (sli.kind !== 'latency' || sli.native) return null;
  const histogram = parseSelector(sli.histogram);
  return {
    total: counter(countOf(histogram)),
    part: counter(bucketOf(histogram, sli.thresholdSeconds)),
    role: 'good',
  };
}

function partOf(total: Counter, part: Counter): Counter {
  const test = withinTotal(total.selector, part.selector);
  return test === null ? part : { ...part, within: { total, test } };
}
