import type { Step, StepFlag } from '../ledger/step';
import type { Labels } from './series-source';
import { stepEnds, type Steps } from './steps';

const NO_FLAGS: ReadonlySet<StepFlag> = new Set();
const NONE: readonly StepFlag[] = [];

/** Good and total of one group, step by step, in the stream's scale. */
export interface GroupReading {
  readonly labels: Labels;
  readonly good: readonly bigint[];
  readonly total: readonly bigint[];
  /** Seconds in which this group had a value; null where its targets answering covers it. */
  readonly coveredSeconds: readonly number[] | null;
  /** What was noticed of this group alone; a step that is `invalid` counts nothing and covers nothing. */
  readonly flags: readonly ReadonlySet<StepFlag>[];
  /** Index of the first step in which the group had a series; the group begins there. */
  readonly firstSeen: number;
}

/** What an SLI brought over some steps. */
export interface SliReading {
  readonly steps: Steps;
  /**
   * What covers a group: its targets answer, though it may have no events; or it has a value, since
   * a gauge that vanished says nothing.
   */
  readonly coveredBy: 'targets' | 'values';
  /** Seconds in which the source was seen, per step; above the step's length where it bridges a gap. */
  readonly coveredSeconds: readonly number[];
  readonly flags: readonly ReadonlySet<StepFlag>[];
  /** By group key; a group that is absent had no series in these steps. */
  readonly groups: ReadonlyMap<string, GroupReading>;
}

/** A value that the source gave cannot be counted. */
export class NotCountable extends Error {
  constructor(what: string, value: number) {
    super(`${what} is ${value}, which cannot be counted`);
    this.name = 'NotCountable';
  }
}

/**
 * A count in whole multiples of 1/scale.
 *
 * @throws NotCountable when it is not finite, negative, or not whole where only whole counts were ever seen
 */
export function scaledCount(value: number, scale: bigint, what: string): bigint {
  const exact = value * Number(scale);
  const whole = Math.round(exact);
  if (!Number.isFinite(exact)) throw new NotCountable(what, value);
  if (whole < 0) throw new NotCountable(what, value);
  if (scale === 1n && Math.abs(exact - whole) > 1e-3) throw new NotCountable(what, value);
  return BigInt(whole);
}

/**
 * The steps of one group, ready for the ledger; a group without series has no events, and is covered
 * while its targets are where those cover it.
 */
export function groupSteps(reading: SliReading, group: GroupReading | undefined): readonly Step[] {
  const covered =
    reading.coveredBy === 'values' ? (group?.coveredSeconds ?? []) : reading.coveredSeconds;
  return stepEnds(reading.steps).map((at, k) => {
    const own = group?.flags[k];
    const flags = bothFlags(reading.flags[k], own);
    if (own?.has('invalid') === true) {
      return { at, good: 0n, total: 0n, coveredSeconds: 0, flags };
    }
    return {
      at,
      good: group?.good[k] ?? 0n,
      total: group?.total[k] ?? 0n,
      coveredSeconds: covered[k] ?? 0,
      flags,
    };
  });
}

/** Nearly always none: months of steps must not be as many empty lists. */
function bothFlags(
  common: ReadonlySet<StepFlag> = NO_FLAGS,
  own: ReadonlySet<StepFlag> = NO_FLAGS,
): readonly StepFlag[] {
  if (common.size === 0 && own.size === 0) return NONE;
  return [...new Set([...common, ...own])];
}

/** A step that nobody saw is missing. */
export function missingWhere(coveredSeconds: readonly number[]): readonly ReadonlySet<StepFlag>[] {
  return coveredSeconds.map((seconds) => new Set<StepFlag>(seconds > 0 ? [] : ['missing']));
}
