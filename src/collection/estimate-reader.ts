import { DAY_SECONDS } from '../domain/duration';
import type { LatencySli, QuerySli, Slo } from '../domain/slo';
import { withWindow } from '../promql/query-check';
import { formatSelector, parseSelector } from '../promql/selector';
import type { CounterSource } from './counter-reader';
import { NotCountable, scaledCount, type SliReading } from './sli-reading';
import { MILLIONTHS } from './slices';
import { floorTo, GRID_SECONDS, type Steps } from './steps';
import { readValues, slicesOf } from './value-reader';

/**
 * The window that `$window` queries are asked with: five minutes, or more where that would hold
 * fewer than four scrapes.
 */
export function estimateWindowSeconds(scrapeIntervalSeconds: number): number {
  return floorTo(Math.min(4 * scrapeIntervalSeconds, DAY_SECONDS) + GRID_SECONDS - 1, GRID_SECONDS);
}

/** The queries of an SLI that cannot be counted from raw series; null for the kinds that can. */
export function estimateQueries(slo: Slo): QuerySli['counts'] | null {
  if (slo.sli.kind === 'query') return slo.sli.counts;
  if (slo.sli.kind === 'latency' && slo.sli.native) return nativeQueries(slo.sli, slo.groupBy);
  return null;
}

/** Reads `$window` queries at the end of every window, in millionths. */
export async function readEstimate(
  at: CounterSource,
  counts: QuerySli['counts'],
  groupBy: readonly string[],
  windows: Steps,
): Promise<SliReading> {
  const ask = (query: string) =>
    readValues(at, withWindow(query, `${windows.stepSeconds}s`), groupBy, windows);
  if (counts.role === 'errorRatio') {
    return slicesOf(await ask(counts.ratio), windows, (ratio) => {
      if (!(ratio >= 0 && ratio <= 1)) throw new NotCountable('the error ratio', ratio);
      return {
        good: MILLIONTHS - scaledCount(ratio, MILLIONTHS, 'the error ratio'),
        total: MILLIONTHS,
      };
    });
  }
  const [totals, parts] = await Promise.all([ask(counts.total), ask(counts.part)]);
  return slicesOf(totals, windows, (value, k, key) => {
    const total = scaledCount(value, MILLIONTHS, 'the total query');
    const given = parts.get(key)?.values[k] ?? NaN;
    const part = scaledCount(
      Number.isNaN(given) ? 0 : given,
      MILLIONTHS,
      `the ${counts.role} query`,
    );
    // Extrapolation lets two estimates disagree about the same events.
    const within = part > total ? total : part;
    return { good: counts.role === 'good' ? within : total - within, total };
  });
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
