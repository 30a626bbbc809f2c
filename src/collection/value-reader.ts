import type { ComparisonOperator, ThresholdSli } from '../domain/slo';
import { type CounterSource, groupKey, groupLabels } from './counter-reader';
import type { Labels } from './series-source';
import { type GroupReading, missingWhere, type SliReading } from './sli-reading';
import { stepCount, stepIndex, type Steps } from './steps';

/** One value per group and slice; NaN where there is none. */
export type SliceValues = ReadonlyMap<
  string,
  { readonly labels: Labels; readonly values: readonly number[] }
>;

/** A query answered with several series where one value per group is wanted. */
export class AmbiguousAnswer extends Error {
  constructor(query: string, groupBy: readonly string[]) {
    const wanted = groupBy.length === 0 ? 'one series' : `one series per ${groupBy.join(', ')}`;
    super(
      `the query must answer with ${wanted}, but gives several: aggregate it, or name their labels in groupBy (${query})`,
    );
    this.name = 'AmbiguousAnswer';
  }
}

/** Evaluates a query at the end of every slice. */
export async function readValues(
  at: CounterSource,
  query: string,
  groupBy: readonly string[],
  slices: Steps,
): Promise<SliceValues> {
  const found = new Map<string, { labels: Labels; values: number[] }>();
  if (stepCount(slices) === 0) return found;
  const asked = {
    from: slices.from + slices.stepSeconds,
    to: slices.to,
    stepSeconds: slices.stepSeconds,
  };
  for (const series of await at.source.range(at.datasource, query, asked)) {
    const key = groupKey(groupBy, series.labels);
    const group = found.get(key) ?? {
      labels: groupLabels(groupBy, series.labels),
      values: new Array<number>(stepCount(slices)).fill(NaN),
    };
    series.at.forEach((instant, k) => {
      const index = stepIndex(slices, instant);
      if (!Number.isNaN(group.values[index] ?? NaN)) throw new AmbiguousAnswer(query, groupBy);
      group.values[index] = series.values[k] ?? NaN;
    });
    found.set(key, group);
  }
  return found;
}

const HOLDS: Readonly<Record<ComparisonOperator, (value: number, bound: number) => boolean>> = {
  lt: (value, bound) => value < bound,
  lte: (value, bound) => value <= bound,
  gt: (value, bound) => value > bound,
  gte: (value, bound) => value >= bound,
};

/** Compares here rather than in PromQL, so that NaN is a missing slice and not a good or bad one. */
export function judgeValues(values: SliceValues, sli: ThresholdSli, slices: Steps): SliReading {
  return slicesOf(values, slices, (value) => ({
    good: HOLDS[sli.op](value, sli.value) ? 1n : 0n,
    total: 1n,
  }));
}

/** A reading of one value per slice; a slice without a value is missing. */
export function slicesOf(
  values: SliceValues,
  slices: Steps,
  judge: (
    value: number,
    slice: number,
    key: string,
  ) => { readonly good: bigint; readonly total: bigint },
): SliReading {
  const count = stepCount(slices);
  const covered = new Array<number>(count).fill(0);
  const groups = new Map<string, GroupReading>();
  for (const [key, { labels, values: own }] of values) {
    const seen = own.map((value) => (Number.isNaN(value) ? 0 : slices.stepSeconds));
    const judged = own.map((value, k) => {
      if (Number.isNaN(value)) return { good: 0n, total: 0n };
      covered[k] = slices.stepSeconds;
      return judge(value, k, key);
    });
    groups.set(key, {
      labels,
      good: judged.map(({ good }) => good),
      total: judged.map(({ total }) => total),
      coveredSeconds: seen,
      flags: missingWhere(seen),
      firstSeen: own.findIndex((value) => !Number.isNaN(value)),
    });
  }
  return {
    steps: slices,
    coveredBy: 'values',
    coveredSeconds: covered,
    flags: missingWhere(covered),
    groups,
  };
}
