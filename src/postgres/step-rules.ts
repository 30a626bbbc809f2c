import { InvalidValue } from '../domain/invalid-value';
import type { Tally } from '../domain/tally';
import { MINUTE_SECONDS, onGrid } from '../ledger/grid';
import type { Step } from '../ledger/step';

/** Points stand on whole minutes: that is how they are found again. */
export function refuseOffMinute(what: string, at: number): void {
  if (!Number.isSafeInteger(at) || at % MINUTE_SECONDS !== 0) {
    throw new InvalidValue(what, at, 'epoch seconds on a whole minute');
  }
}

/** A stream begins where history can hold its first point. */
export function refuseOffGrid(what: string, at: number): void {
  if (!Number.isSafeInteger(at) || !onGrid(at)) {
    throw new InvalidValue(what, at, 'epoch seconds on the five-minute grid');
  }
}

/** Counts that no span of time can have. */
export function refuseImpossible(what: string, tally: Tally): void {
  if (tally.good < 0n || tally.total < tally.good) {
    throw new InvalidValue(what, `${tally.good} good of ${tally.total}`, '0 <= good <= total');
  }
  if (!Number.isSafeInteger(tally.coveredSeconds) || tally.coveredSeconds < 0) {
    throw new InvalidValue(`${what}, covered`, tally.coveredSeconds, 'whole seconds from 0');
  }
}

/** @param from start of the first step */
export function refuseBadSteps(streamId: number, from: number, steps: readonly Step[]): void {
  let before = from;
  for (const step of steps) {
    if (!isStepAfter(before, step)) refuseStep(streamId, before, step);
    before = step.at;
  }
}

/** The same rules as one question: every tick asks it of thousands of steps, and none is refused. */
function isStepAfter(before: number, { at, good, total, coveredSeconds }: Step): boolean {
  return (
    Number.isSafeInteger(at) &&
    at % MINUTE_SECONDS === 0 &&
    at > before &&
    good >= 0n &&
    total >= good &&
    Number.isSafeInteger(coveredSeconds) &&
    coveredSeconds >= 0
  );
}

function refuseStep(streamId: number, before: number, step: Step): void {
  const what = `step of stream ${streamId} that ends at ${new Date(step.at * 1000).toISOString()}`;
  refuseOffMinute(what, step.at);
  if (step.at <= before) throw new InvalidValue(what, step.at, `later than ${before}`);
  refuseImpossible(what, step);
}

/** Two writes of one stream in one call would both start from the same end. */
export function refuseRepeated(streamIds: readonly number[]): void {
  const seen = new Set<number>();
  for (const id of streamIds) {
    if (seen.has(id)) throw new InvalidValue('stream of a batch', id, 'each stream once');
    seen.add(id);
  }
}
