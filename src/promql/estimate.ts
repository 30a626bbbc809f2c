import { DAY_SECONDS, MINUTE_SECONDS } from '../domain/duration';
import type { LatencySli, QuerySli, Slo } from '../domain/slo';
import { formatSelector, parseSelector } from './selector';

const GRAIN_SECONDS = 5 * MINUTE_SECONDS;

/**
 * The window that `$window` queries are asked with: five minutes, or more where that would hold
 * fewer than four scrapes.
 */
export function estimateWindowSeconds(scrapeIntervalSeconds: number): number {
  return (
    Math.ceil(Math.min(4 * scrapeIntervalSeconds, DAY_SECONDS) / GRAIN_SECONDS) * GRAIN_SECONDS
  );
}

/** The queries of an SLI that cannot be counted from raw series; null for the kinds that can. */
export function estimateQueries(slo: Slo): QuerySli['counts'] | null {
  if (slo.sli.kind === 'query') return slo.sli.counts;
  if (slo.sli.kind === 'latency' && slo.sli.native) return nativeQueries(slo.sli, slo.groupBy);
  return null;
}

function nativeQueries(sli: LatencySli, groupBy: readonly string[]): QuerySli['counts'] {
  const by = groupBy.length === 0 ? 'sum' : `sum by (${groupBy.join(', ')}) `;
  const increase = `increase(${formatSelector(parseSelector(sli.histogram))}[$window])`;
  const fraction = `histogram_fraction(-Inf, ${sli.thresholdSeconds}, ${increase})`;
  return {
    role: 'good',
    part: `${by}(${fraction} * histogram_count(${increase}))`,
    total: `${by}(histogram_count(${increase}))`,
  };
}
