import type { Objective } from '../domain/objective';
import type { StepFlag } from '../ledger/step';
import type { GroupReading, SliReading } from './sli-reading';
import { floorTo } from '../ledger/grid';
import { stepCount, stepEnds, stepIndex, type Steps } from './steps';

/** Slice ratios and estimates are kept in millionths. */
export const MILLIONTHS = 1_000_000n;

/** The slices that end within some steps. */
export function slicesWithin(steps: Steps, sliceSeconds: number): Steps {
  return {
    from: floorTo(steps.from, sliceSeconds),
    to: floorTo(steps.to, sliceSeconds),
    stepSeconds: sliceSeconds,
  };
}

/**
 * Puts what slices brought into the steps in which they end. A slice is counted and covered at its
 * end; the steps between have nothing, and are not missing either.
 */
export function slicesAsSteps(slices: SliReading, steps: Steps): SliReading {
  const target = stepEnds(slices.steps).map((end) => stepIndex(steps, end));
  const count = stepCount(steps);
  const gather = <T>(zero: T, plus: (a: T, b: T) => T, values: readonly T[]): T[] => {
    const gathered = new Array<T>(count).fill(zero);
    values.forEach((value, k) => {
      const index = target[k] ?? 0;
      gathered[index] = plus(gathered[index] ?? zero, value);
    });
    return gathered;
  };
  const counts = (values: readonly bigint[]) => gather(0n, (a, b) => a + b, values);
  const seconds = (values: readonly number[]) => gather(0, (a, b) => a + b, values);
  const flags = (values: readonly ReadonlySet<StepFlag>[]) =>
    gather<ReadonlySet<StepFlag>>(new Set(), (a, b) => new Set([...a, ...b]), values);
  const groups = [...slices.groups].map(([key, group]): readonly [string, GroupReading] => [
    key,
    {
      labels: group.labels,
      good: counts(group.good),
      total: counts(group.total),
      coveredSeconds: group.coveredSeconds === null ? null : seconds(group.coveredSeconds),
      flags: flags(group.flags),
      firstSeen: target[group.firstSeen] ?? Infinity,
    },
  ]);
  return {
    steps,
    coveredBy: slices.coveredBy,
    coveredSeconds: seconds(slices.coveredSeconds),
    flags: flags(slices.flags),
    groups: new Map(groups),
  };
}

/**
 * Turns the events of slices into slices: each that has events counts one, good when its own ratio
 * meets the slice objective.
 */
export function asTimeSlices(slices: SliReading, sliceObjective: Objective): SliReading {
  const { numerator, denominator } = sliceObjective.budget;
  return mapSlices(slices, (good, total) => ({
    good: (total - good) * denominator <= total * numerator ? 1n : 0n,
    total: 1n,
  }));
}

/** Turns the events of slices into slices of equal weight, each as good as its own ratio. */
export function asRatioSlices(slices: SliReading): SliReading {
  return mapSlices(slices, (good, total) => ({
    good: (good * MILLIONTHS + total / 2n) / total,
    total: MILLIONTHS,
  }));
}

function mapSlices(
  slices: SliReading,
  judge: (good: bigint, total: bigint) => { readonly good: bigint; readonly total: bigint },
): SliReading {
  const none = { good: 0n, total: 0n };
  const groups = [...slices.groups].map(([key, group]): readonly [string, GroupReading] => {
    const judged = group.total.map((total, k) =>
      total === 0n || group.flags[k]?.has('invalid') === true
        ? none
        : judge(group.good[k] ?? 0n, total),
    );
    return [
      key,
      { ...group, good: judged.map(({ good }) => good), total: judged.map(({ total }) => total) },
    ];
  });
  return { ...slices, groups: new Map(groups) };
}
