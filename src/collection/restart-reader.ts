import { type Counter, type Instance, widest } from '../promql/counter';
import { START_JITTER_SECONDS } from '../promql/delta';
import type { CounterSource } from './counter-source';
import { longestGap } from './increments';
import { type RawSamples, readRaw, type RestartedStep } from './restart-samples';
import type { Labels, Series } from './series-source';
import type { Steps } from './steps';

/** Below it the expression costs no more than what is asked here. */
const FEWEST_STEPS = 4;

/** What one series had counted when it began again from zero. */
export interface Lost {
  readonly labels: Labels;
  readonly events: number;
}

/**
 * What bare differences lack in steps whose abnormal instances did nothing but restart. By index of
 * the step; steps in which more happened, a scrape that failed, are left out.
 *
 * @param abnormal the instances of each step that are not ordinary, where no series began or ended
 */
export async function lostToRestarts(
  at: CounterSource,
  counter: Counter,
  steps: Steps,
  abnormal: ReadonlyMap<number, readonly Instance[]>,
): Promise<ReadonlyMap<number, readonly Lost[]>> {
  if (abnormal.size < FEWEST_STEPS) return new Map();
  const whole = widest(counter);
  const restarted = [...abnormal]
    .sort(([a], [b]) => a - b)
    .map(([index, instances]) => restartedStep(steps, index, instances));
  const wanted = counter.within?.test ?? (() => true);
  const found = new Map<number, readonly Lost[]>();
  await readRaw(at, whole, restarted, ({ index, from, to }, raw) => {
    const lost = lostInStep(whole, raw, { from, to }, longestGap(at.scrapeIntervalSeconds));
    if (lost !== null)
      found.set(
        index,
        lost.filter(({ labels }) => wanted(labels)),
      );
  });
  return found;
}

function restartedStep(
  { from: begin, stepSeconds }: Steps,
  index: number,
  instances: readonly Instance[],
): RestartedStep {
  const from = begin + index * stepSeconds;
  return { index, from, to: from + stepSeconds, instances };
}

/** Null where more happened than restarts. */
function lostInStep(
  counter: Counter,
  { series, starts }: RawSamples,
  step: Pick<Steps, 'from' | 'to'>,
  gap: number,
): readonly Lost[] | null {
  const lost: Lost[] = [];
  for (const each of series) {
    const own = starts.filter(({ labels }) => sameInstance(counter, labels, each.labels));
    const events = lostBySeries(each, own, step, gap);
    if (events === null) return null;
    lost.push({ labels: each.labels, events });
  }
  return lost;
}

/**
 * The values that a series had before it began again from zero, added up; it did so where it fell, and
 * where its process became another one.
 *
 *     last - first + lost = the increments between its samples, counting from zero after each restart
 *
 * @param starts when the process of the series started, as it was scraped
 * @returns null where the series was not scraped all the time
 */
export function lostBySeries(
  { at, values }: Series,
  starts: readonly Series[],
  { from, to }: Pick<Steps, 'from' | 'to'>,
  longestGapSeconds: number,
): number | null {
  let lost = 0;
  let before = -Infinity;
  for (const [k, instant] of at.entries()) {
    const value = values[k] ?? NaN;
    if (!Number.isFinite(value)) return null;
    if (instant > from) {
      if (instant - before > longestGapSeconds) return null;
      const last = values[k - 1] ?? NaN;
      const replaced = starts.map((each) => isReplaced(each, before, instant));
      if (replaced.includes(null)) return null;
      if (value < last || replaced.includes(true)) lost += last;
    }
    before = instant;
  }
  return to - before > longestGapSeconds ? null : lost;
}

/** Null where the process before is not known. */
function isReplaced({ at, values }: Series, before: number, after: number): boolean | null {
  const was = at.findLastIndex((instant) => instant <= before);
  const is = at.findLastIndex((instant) => instant <= after);
  if (was < 0) return null;
  return (values[is] ?? NaN) > (values[was] ?? NaN) + START_JITTER_SECONDS;
}

function sameInstance({ identity }: Counter, a: Labels, b: Labels): boolean {
  return identity.every((label) => (a[label] ?? '') === (b[label] ?? ''));
}
