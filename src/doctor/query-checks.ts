import { SourceFailure } from '../collection/series-source';
import { estimateQueries, estimateWindowSeconds } from '../promql/estimate';
import { withWindow } from '../promql/query-check';
import type { Examined } from './examined';
import type { Symptom } from './finding';

/** Queries that are sent as they are: whether the source takes them, and answers anything. */
export async function checkQueries(examined: Examined): Promise<readonly Symptom[]> {
  const found = await Promise.all(queriesOf(examined).map((asked) => checkQuery(examined, asked)));
  return found.filter((symptom) => symptom !== null);
}

interface AskedQuery {
  readonly path: string;
  readonly query: string;
  /** Whether no answer at all may just mean that nothing has happened yet. */
  readonly mayBeAbsent: boolean;
}

function queriesOf({ slo, at }: Examined): readonly AskedQuery[] {
  const { sli } = slo;
  if (sli.kind === 'threshold') {
    return [{ path: 'sli.threshold.query', query: sli.query, mayBeAbsent: false }];
  }
  const counts = estimateQueries(slo);
  if (counts === null) return [];
  const path = (field: string) =>
    sli.kind === 'latency' ? 'sli.latency.histogram' : `sli.query.${field}`;
  const window = `${estimateWindowSeconds(at.scrapeIntervalSeconds)}s`;
  const asked = (field: string, query: string, mayBeAbsent = false) => ({
    path: path(field),
    query: withWindow(query, window),
    mayBeAbsent,
  });
  return counts.role === 'errorRatio'
    ? [asked('errorRatio', counts.ratio)]
    : [asked('total', counts.total), asked(counts.role, counts.part, true)];
}

async function checkQuery(
  { at, now }: Examined,
  { path, query, mayBeAbsent }: AskedQuery,
): Promise<Symptom | null> {
  try {
    const answer = await at.source.instant(at.datasource, query, now);
    if (answer.length > 0 || mayBeAbsent) return null;
    return {
      check: 'matches-nothing',
      severity: 'warning',
      path,
      value: `the query has no answer now: ${query}`,
      allowed: 'a number, or one per group',
      action: 'run it in Prometheus and correct it, unless its service is yet to be deployed',
    };
  } catch (error) {
    if (!(error instanceof SourceFailure) || error.kind !== 'rejected') throw error;
    return {
      check: 'query-refused',
      severity: 'error',
      path,
      value: `${error.message} to ${query}`,
      allowed: 'a query that this source understands',
      action: 'run it in Prometheus and correct it',
    };
  }
}
