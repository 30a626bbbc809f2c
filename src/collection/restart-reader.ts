import { type Counter, type Instance, onInstances, targetsOf } from '../promql/counter';
import { churnedInstances, START_JITTER_SECONDS } from '../promql/delta';
import { formatSelector } from '../promql/selector';
import type { CounterSource } from './counter-source';
import { longestGap } from './increments';
import type { Labels, Series } from './series-source';
import { stepIndex, type Steps } from './steps';

/** Below it the expression costs no more than what is asked here. */
const FEWEST_STEPS = 4;

/** What one series had counted when it began again from zero. */
export interface Lost {
  readonly labels: Labels;
  readonly events: number;
}

/**
 * What bare differences lack in steps whose abnormal instances did nothing but restart. By index of
 * the step; steps in which more happened, a series that began or ended or a scrape that failed, are
 * left out.
 *
 * @param abnormal the instances of each step that are not ordinary
 */
export async function lostToRestarts(
  at: CounterSource,
  counter: Counter,
  steps: Steps,
  abnormal: ReadonlyMap<number, readonly Instance[]>,
): Promise<ReadonlyMap<number, readonly Lost[]>> {
  if (abnormal.size < FEWEST_STEPS) return new Map();
  const churned = await churnedSteps(at, counter, steps, [...abnormal.keys()]);
  const found = await Promise.all(
    [...abnormal]
      .filter(([index]) => !churned.has(index))
      .map(async ([index, instances]): Promise<[number, readonly Lost[]][]> => {
        const from = steps.from + index * steps.stepSeconds;
        const step = { from, to: from + steps.stepSeconds, stepSeconds: steps.stepSeconds };
        const lost = await lostInStep(at, counter, step, instances);
        return lost === null ? [] : [[index, lost]];
      }),
  );
  return new Map(found.flat());
}

async function churnedSteps(
  at: CounterSource,
  counter: Counter,
  steps: Steps,
  indices: readonly number[],
): Promise<ReadonlySet<number>> {
  const { from, stepSeconds } = steps;
  const churned = await at.source.range(at.datasource, churnedInstances(counter, stepSeconds), {
    from: from + (Math.min(...indices) + 1) * stepSeconds,
    to: from + (Math.max(...indices) + 1) * stepSeconds,
    stepSeconds,
  });
  return new Set(churned.flatMap((each) => each.at.map((instant) => stepIndex(steps, instant))));
}

async function lostInStep(
  at: CounterSource,
  counter: Counter,
  { from, to }: Steps,
  instances: readonly Instance[],
): Promise<readonly Lost[] | null> {
  const gap = longestGap(at.scrapeIntervalSeconds);
  const lost: Lost[] = [];
  for (const narrowed of onInstances(counter, instances)) {
    const read = (selector: Counter['selector']) =>
      at.source.samples(at.datasource, formatSelector(selector), from - gap, to);
    const [series, starts] = await Promise.all([
      read(narrowed.selector),
      read(targetsOf(narrowed, 'process_start_time_seconds')),
    ]);
    for (const each of series) {
      const own = starts.filter(({ labels }) => sameInstance(counter, labels, each.labels));
      const events = lostBySeries(each, own, { from, to }, gap);
      if (events === null) return null;
      lost.push({ labels: each.labels, events });
    }
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
