import type { AvailabilitySli, Slo } from '../domain/slo';
import { OVER_INSTANCES } from '../promql/comparisons';
import { formatSelector, parseSelector } from '../promql/selector';
import { type CounterSource, groupKey } from './counter-reader';
import type { Series } from './series-source';
import { type GroupReading, missingWhere, NotCountable, type SliReading } from './sli-reading';
import { stepCount, stepIndex, type Steps } from './steps';

/** Availability counts milliseconds. */
export const AVAILABILITY_SCALE = 1_000n;

/**
 * Time-based: a step's good time is its length times the mean of the 0/1 gauge, taken over the
 * instances as the SLI says. A target that vanished is missing, not good.
 */
export async function readAvailability(
  at: CounterSource,
  slo: Slo,
  sli: AvailabilitySli,
  steps: Steps,
): Promise<SliReading> {
  const gauge = formatSelector(parseSelector(sli.up));
  const by = slo.groupBy.length === 0 ? '' : ` by (${slo.groupBy.join(', ')}) `;
  const query = `${OVER_INSTANCES[sli.instances]}${by}(avg_over_time(${gauge}[${steps.stepSeconds * 1000 - 1}ms]))`;
  const series = await at.source.range(at.datasource, query, {
    from: steps.from + steps.stepSeconds,
    to: steps.to,
    stepSeconds: steps.stepSeconds,
  });
  return availabilityReading(slo, steps, series);
}

/**
 * Good and covered time from the gauge's mean over the instances.
 *
 * @param shares one series per group, its samples at the ends of the steps that have a value
 */
export function availabilityReading(slo: Slo, steps: Steps, shares: readonly Series[]): SliReading {
  const count = stepCount(steps);
  const covered = new Array<number>(count).fill(0);
  const groups = new Map<string, GroupReading>();
  for (const { labels, at: instants, values } of shares) {
    const good = new Array<bigint>(count).fill(0n);
    const total = new Array<bigint>(count).fill(0n);
    const seen = new Array<number>(count).fill(0);
    let firstSeen = Infinity;
    instants.forEach((instant, k) => {
      const index = stepIndex(steps, instant);
      const share = values[k] ?? NaN;
      if (!(share >= 0 && share <= 1))
        throw new NotCountable('the mean of an availability gauge', share);
      total[index] = BigInt(steps.stepSeconds) * AVAILABILITY_SCALE;
      good[index] = BigInt(Math.round(share * steps.stepSeconds * Number(AVAILABILITY_SCALE)));
      seen[index] = steps.stepSeconds;
      covered[index] = steps.stepSeconds;
      firstSeen = Math.min(firstSeen, index);
    });
    groups.set(groupKey(slo.groupBy, labels), {
      labels,
      good,
      total,
      coveredSeconds: seen,
      flags: missingWhere(seen),
      firstSeen,
    });
  }
  return {
    steps,
    coveredBy: 'values',
    coveredSeconds: covered,
    flags: missingWhere(covered),
    groups,
  };
}
