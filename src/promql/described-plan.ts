import { type Slo, sloId } from '../domain/slo';
import { bareDifference } from './bare-difference';
import { counterPair } from './counter-pair';
import { type LivePlan, planLive, type RawNeed } from './live-plan';
import { changedStarts } from './process-starts';
import { formatSelector } from './selector';

/** A step, the query delay, and a scrape and a half before it. */
const RANGE_SECONDS = 120;
/** Of SLOs without slices. */
const STEP_SECONDS = 60;

/** One question of an ordinary minute, and the SLOs it answers. */
export interface PlannedQuery {
  /** Raw samples; changed process starts; a query of the SLO's own, joined with others'. */
  readonly kind: 'samples' | 'starts' | 'own';
  readonly query: string;
  readonly slos: readonly string[];
}

/**
 * What one data source is asked in an ordinary minute, as text for people.
 */
export function describedPlan(slos: readonly Slo[]): readonly PlannedQuery[] {
  const plan = planLive(slos);
  const users = usersOf(plan);
  const samples = plan.samples.map(({ selector, members }): PlannedQuery => ({
    kind: 'samples',
    query: `${formatSelector(selector)}[${RANGE_SECONDS}s]`,
    slos: [...members.values()].flatMap((each) => users.get(formatSelector(each)) ?? []),
  }));
  const starts = plan.starts.map(({ selector, members }): PlannedQuery => ({
    kind: 'starts',
    query: changedStarts(selector, RANGE_SECONDS),
    slos: [...members.values()].flatMap((each) => users.get(formatSelector(each)) ?? []),
  }));
  const own = plan.apart.flatMap((slo) =>
    ownQueries(slo, STEP_SECONDS).map((query): PlannedQuery => {
      return { kind: 'own', query, slos: [sloId(slo)] };
    }),
  );
  return [...samples, ...starts, ...own].map((query) => {
    return { ...query, slos: [...new Set(query.slos)].sort() };
  });
}

/** SLOs by the text of each selector they need. */
function usersOf({ needs }: LivePlan): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const [slo, need] of needs) {
    for (const selector of selectorsOf(need)) {
      const own = users.get(selector);
      if (own === undefined) users.set(selector, [sloId(slo)]);
      else own.push(sloId(slo));
    }
  }
  return users;
}

function selectorsOf(need: RawNeed): readonly string[] {
  if (need.kind === 'gauge') return [need.gauge];
  const { total, starts, part } = need;
  return part.kind === 'within' ? [total, starts] : [total, starts, part.selector, part.starts];
}

/** The queries of an SLO that shares none; `$window` stands in them as it was written. */
function ownQueries(slo: Slo, stepSeconds: number): readonly string[] {
  const { sli } = slo;
  if (sli.kind === 'threshold') return [sli.query];
  if (sli.kind === 'query') {
    const { counts } = sli;
    return counts.role === 'errorRatio' ? [counts.ratio] : [counts.part, counts.total];
  }
  const pair = counterPair(slo);
  if (pair === null) return sli.kind === 'latency' ? [sli.histogram] : [];
  const seconds = slo.budgeting.kind === 'occurrences' ? stepSeconds : slo.budgeting.sliceSeconds;
  return [bareDifference(pair.total, seconds), bareDifference(pair.part, seconds)];
}
