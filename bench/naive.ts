import type { Slo } from '../src/domain/slo';
import { bucketOf, countOf } from '../src/promql/bucket';
import { formatSelector, parseSelector } from '../src/promql/selector';
import type { Question } from './recording-source';

const DAY = 86_400;
/** What a budget and its burn rates need: every window that is told. */
export const WINDOWS: readonly number[] = [
  300,
  1_800,
  3_600,
  7_200,
  21_600,
  DAY,
  3 * DAY,
  30 * DAY,
];

/**
 * The figures of an SLO without a ledger: one query for each window, over the whole window.
 *
 *     sum(increase(bad[w])) / sum(increase(total[w]))
 */
export function naiveQueries(slo: Slo, at: number): readonly Omit<Question, 'milliseconds'>[] {
  // Made of other SLOs, which are asked for themselves.
  if (slo.sli.kind === 'composite') return [];
  return WINDOWS.map((seconds) => ({
    api: 'query',
    parameters: { query: naiveQuery(slo, seconds), time: String(at) },
  }));
}

function naiveQuery({ sli, groupBy }: Slo, seconds: number): string {
  const window = `${seconds}s`;
  const by = groupBy.length === 0 ? 'sum' : `sum by (${groupBy.join(', ')}) `;
  const ratio = (part: string, total: string) =>
    `${by}(increase(${part}[${window}])) / ${by}(increase(${total}[${window}]))`;
  switch (sli.kind) {
    case 'ratio':
      return ratio(sli.part.selector, sli.total);
    case 'latency': {
      const histogram = parseSelector(sli.histogram);
      const bucket = formatSelector(bucketOf(histogram, sli.thresholdSeconds));
      return ratio(bucket, formatSelector(countOf(histogram)));
    }
    case 'availability':
      return `${by.replace('sum', 'avg')}(avg_over_time(${sli.up}[${window}]))`;
    case 'threshold': {
      const sign = { lt: '<', lte: '<=', gt: '>', gte: '>=' }[sli.op];
      return `avg_over_time(((${sli.query}) ${sign} bool ${sli.value})[${window}:${sli.sliceSeconds}s])`;
    }
    case 'composite':
      throw new Error('a composite asks no source anything');
    case 'query': {
      const { counts } = sli;
      const query =
        counts.role === 'errorRatio' ? counts.ratio : `${counts.part} / ${counts.total}`;
      return query.replaceAll('$window', window);
    }
  }
}
