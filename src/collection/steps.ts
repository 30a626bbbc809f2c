/** Adjoining steps: the first one is (from, from + stepSeconds], the last one ends at `to`. */
export interface Steps {
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
}

/** A step of live counting. */
export const LIVE_STEP_SECONDS = 60;

export function stepCount({ from, to, stepSeconds }: Steps): number {
  return Math.max(0, Math.round((to - from) / stepSeconds));
}

/** The steps' ends, ascending. */
export function stepEnds(steps: Steps): readonly number[] {
  return Array.from(
    { length: stepCount(steps) },
    (_, k) => steps.from + (k + 1) * steps.stepSeconds,
  );
}

/** Which step contains an instant: (end - stepSeconds, end]. */
export function stepIndex({ from, stepSeconds }: Steps, at: number): number {
  return Math.ceil((at - from) / stepSeconds) - 1;
}
