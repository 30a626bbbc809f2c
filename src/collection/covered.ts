import type { StepFlag } from '../ledger/step';
import type { Counter } from '../promql/counter';
import { presences } from '../promql/presence';
import type { CounterSource } from './counter-reader';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import { stepCount, stepIndex, type Steps } from './steps';

/** How far back a gap's beginning is looked for. */
export const FARTHEST_GAP_SECONDS = 35 * 86_400;

export interface Covered {
  readonly seconds: readonly number[];
  readonly flags: readonly ReadonlySet<StepFlag>[];
}

/** In which steps the source was seen. */
export async function readPresence(
  at: CounterSource,
  counter: Counter,
  steps: Steps,
): Promise<readonly boolean[]> {
  const present = new Array<boolean>(stepCount(steps)).fill(false);
  for (const query of presences(counter, steps.stepSeconds)) {
    const first = present.indexOf(false);
    if (first < 0) break;
    const series = await at.source.range(at.datasource, query, {
      from: steps.from + (first + 1) * steps.stepSeconds,
      to: steps.from + (present.lastIndexOf(false) + 1) * steps.stepSeconds,
      stepSeconds: steps.stepSeconds,
    });
    for (const { at: instants } of series) {
      for (const instant of instants) present[stepIndex(steps, instant)] = true;
    }
  }
  return present;
}

/**
 * Covered seconds of every step. A step whose count joins on to what was seen before a gap brings
 * the gap's events, so it covers the gap too.
 *
 * @param joined whether the step's count starts from a value seen before it
 * @param lastCoveredAt end of the last covered step before these, when the caller knows it
 */
export async function bridgedCoverage(
  at: CounterSource,
  counter: Counter,
  steps: Steps,
  present: readonly boolean[],
  joined: readonly boolean[],
  lastCoveredAt: number | null,
): Promise<Covered> {
  let covered = lastCoveredAt ?? (await coveredBefore(at, counter, steps, present, joined));
  const seconds: number[] = [];
  const flags: Set<StepFlag>[] = [];
  present.forEach((seen, k) => {
    const start = steps.from + k * steps.stepSeconds;
    const gap = seen && joined[k] === true && covered !== null ? Math.max(0, start - covered) : 0;
    seconds.push(seen ? steps.stepSeconds + gap : 0);
    flags.push(
      new Set<StepFlag>([
        ...(seen ? [] : ['missing' as const]),
        ...(gap > 0 ? ['gap' as const] : []),
      ]),
    );
    if (seen) covered = start + steps.stepSeconds;
  });
  return { seconds, flags };
}

/** For steps whose past is not known yet: where the gap began that their first joined step bridges. */
async function coveredBefore(
  at: CounterSource,
  counter: Counter,
  steps: Steps,
  present: readonly boolean[],
  joined: readonly boolean[],
): Promise<number | null> {
  const first = present.indexOf(true);
  if (first < 0 || joined[first] !== true) return null;
  const justBefore = { ...steps, from: steps.from - steps.stepSeconds, to: steps.from };
  const [seen] = await readPresence(at, counter, justBefore);
  return seen === true ? steps.from : lastPresence(at, counter, steps.from);
}

/** The end of the last five-minute step before an instant in which the source was seen. */
async function lastPresence(
  at: CounterSource,
  counter: Counter,
  before: number,
): Promise<number | null> {
  const to = floorTo(before, GRID_SECONDS);
  const from = to - floorTo(FARTHEST_GAP_SECONDS, GRID_SECONDS);
  const present = await readPresence(at, counter, { from, to, stepSeconds: GRID_SECONDS });
  const last = present.lastIndexOf(true);
  return last < 0 ? null : from + (last + 1) * GRID_SECONDS;
}
