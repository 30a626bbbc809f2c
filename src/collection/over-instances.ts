import type { AvailabilitySli, Slo } from '../domain/slo';
import { groupKey, groupLabels } from './counter-reader';
import { meansPerStep } from './increments';
import type { Labels, Series } from './series-source';
import { stepEnds, type Steps } from './steps';

const OVER_INSTANCES = {
  any: (shares: readonly number[]) => Math.max(...shares),
  all: (shares: readonly number[]) => Math.min(...shares),
  average: (shares: readonly number[]) => shares.reduce((a, b) => a + b, 0) / shares.length,
} as const;

/** One series per group, over the instances that have samples in a step, as PromQL aggregates. */
export function overInstances(
  { groupBy }: Slo,
  instances: AvailabilitySli['instances'],
  steps: Steps,
  series: readonly Series[],
): readonly Series[] {
  const groups = new Map<string, { labels: Labels; means: (readonly (number | null)[])[] }>();
  for (const each of series) {
    const key = groupKey(groupBy, each.labels);
    const group = groups.get(key) ?? { labels: groupLabels(groupBy, each.labels), means: [] };
    group.means.push(meansPerStep(each, steps));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ labels, means }) => {
    const at: number[] = [];
    const values: number[] = [];
    stepEnds(steps).forEach((end, k) => {
      const seen = means.map((own) => own[k] ?? null).filter((mean) => mean !== null);
      if (seen.length === 0) return;
      at.push(end);
      values.push(OVER_INSTANCES[instances](seen));
    });
    return { labels, at, values };
  });
}
