import { targetsOf } from './counter';
import { changedStarts } from './process-starts';
import { formatSelector, type Selector } from './selector';

/** Counters of many SLOs that are differenced by one query. */
export interface MergedCounter {
  readonly selector: Selector;
  /** Labels that the result keeps: those that tell the members and their groups apart. */
  readonly by: readonly string[];
  readonly identity: readonly string[];
}

/** How old the value before a span may be that Prometheus still shows. */
const LOOKBACK_SECONDS = 300;

/**
 * Events of a span in which everything was ordinary; infinite where anything was not, a series that
 * began, ended or was reset or a process that is another one.
 *
 *     sum by (g) ( the increments of series without a reset, on processes that went on
 *                  or infinity for every other series that was there before or within the span )
 *
 * A counter may have fallen between the value before the span and its first sample in it, and have
 * outgrown that value by its end, so resets are looked for from that value on.
 *
 * Infinity and not NaN, which VictoriaMetrics takes for no value at all.
 */
export function spanDifference(counter: MergedCounter, seconds: number): string {
  const now = formatSelector(counter.selector);
  const before = `${now} offset ${seconds}s`;
  const resets = `resets(${now}[${seconds + LOOKBACK_SECONDS}s])`;
  const starts = targetsOf(counter, 'process_start_time_seconds');
  const id = counter.identity.join(', ');
  const grown = `((${now} - ${before}) / 0 ^ ${resets} >= 0)`;
  const ordinary = `(${grown} unless on (${id}) (${changedStarts(starts, seconds)}))`;
  return `${over('sum', counter)}(${ordinary} or ((${before} or ${resets}) * 0 + Inf))`;
}

/** Events of a step on series that were there at both its ends. */
export function mergedDifference(counter: MergedCounter, seconds: number): string {
  const now = formatSelector(counter.selector);
  return `${over('sum', counter)}(${now} - ${now} offset ${seconds}s)`;
}

/** The most samples that any series has in a span: how often it was scraped. */
export function mergedScrapes(counter: MergedCounter, seconds: number): string {
  const now = formatSelector(counter.selector);
  return `${over('max', counter)}(count_over_time(${now}[${seconds * 1000 - 1}ms]))`;
}

function over(aggregation: 'sum' | 'max', { by }: MergedCounter): string {
  return by.length === 0 ? aggregation : `${aggregation} by (${by.join(', ')}) `;
}
