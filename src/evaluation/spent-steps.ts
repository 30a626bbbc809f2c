import { LEAST_COVERAGE_RATIO } from '../domain/coverage';
import type { SpentStep } from '../domain/episode';
import { type Slo, sliceSecondsOf } from '../domain/slo';
import { add, type Tally } from '../domain/tally';
import { GRID_SECONDS } from '../ledger/grid';
import type { Steps } from './figurer';
import type { Counted } from './missing-time';

/**
 * The steps of a history as episodes are made of them, each with the objective of its time. Slices are
 * counted at their ends: where they are longer than the grid, steps are as long as they are, so that a
 * bad one is seen for as long as it was.
 *
 * @param from epoch seconds at which the first step begins
 */
export function spentSteps(slo: Slo, { steps, pieces }: Steps, from: number): readonly SpentStep[] {
  const length = stepSecondsOf(slo);
  const spent: SpentStep[] = [];
  let piece = 0;
  let begun = from;
  let sum: Counted | null = null;
  for (const [k, step] of steps.entries()) {
    sum = sum === null ? step : plus(sum, step);
    if (step.t % length !== 0 && k < steps.length - 1) continue;
    while ((pieces[piece]?.to ?? Infinity) < step.t) piece += 1;
    const { events, raw, knownSeconds } = sum;
    const seconds = step.t - begun;
    const known = knownSeconds / seconds >= LEAST_COVERAGE_RATIO;
    const objective = pieces[piece]?.objective ?? slo.objective;
    spent.push({ at: step.t, seconds, events, raw, known, objective });
    [begun, sum] = [step.t, null];
  }
  return spent;
}

/** The least multiple of the grid that holds whole slices. */
export function stepSecondsOf(slo: Slo): number {
  const slice = sliceSecondsOf(slo);
  let seconds = GRID_SECONDS;
  while (slice > 0 && seconds % slice !== 0) seconds += GRID_SECONDS;
  return seconds;
}

function plus(a: Counted, b: Counted): Counted {
  return {
    events: add(a.events, b.events),
    raw: add(a.raw, b.raw),
    knownSeconds: a.knownSeconds + b.knownSeconds,
  };
}

/** Mean events a second of the time that was seen; null where none was. */
export function meanTraffic(steps: readonly { readonly raw: Tally }[]): number | null {
  let [total, seconds] = [0n, 0];
  for (const { raw } of steps) {
    total += raw.total;
    seconds += raw.coveredSeconds;
  }
  return seconds === 0 ? null : Number(total) / seconds;
}
