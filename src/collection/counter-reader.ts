import pLimit from 'p-limit';
import type { StepFlag } from '../ledger/step';
import { bareDifference } from '../promql/bare-difference';
import { type Counter, type Instance, onInstances, widest } from '../promql/counter';
import {
  abnormalInstances,
  differenceReasons,
  fullDifference,
  plainDifference,
  REASON_LABEL,
} from '../promql/delta';
import type { CounterSource } from './counter-source';
import {
  instanceKey,
  instanceKeys,
  instanceOf,
  notScraped,
  rowsWith,
  substepShape,
  withLookBacks,
} from './instance-look-backs';
import { type Lost, lostToRestarts } from './restart-reader';
import type { Labels, Series } from './series-source';
import { stepCount, stepIndex, type Steps } from './steps';

export type { CounterSource };

/** Steps with abnormal instances that are read at once; backfill must leave room for live steps. */
const ABNORMAL_STEPS_AT_ONCE = 2;

/** The events of a counter, step by step. */
export interface CounterReading {
  /** By group key; a group without a row had no series. */
  readonly groups: ReadonlyMap<string, CountedGroup>;
  readonly flags: readonly ReadonlySet<StepFlag>[];
  /** Whether the step's count joins on to what was seen before the step. */
  readonly joined: readonly boolean[];
}

export interface CountedGroup {
  readonly labels: Labels;
  /** One count per step. */
  readonly events: number[];
  /** Index of the first step in which the group had a series. */
  firstSeen: number;
}

/**
 * Counts every event of every step once. Steps in which every instance is ordinary are read by one
 * bare difference; where instances did nothing but restart, what their counters had before is added
 * to it. In the others, instances on which series began, ended or were reset are read again, alone,
 * by the full expression at the scrape interval.
 */
export async function readCounter(
  at: CounterSource,
  counter: Counter,
  steps: Steps,
): Promise<CounterReading> {
  const tally = new CounterTally(counter, steps);
  const asked = {
    from: steps.from + steps.stepSeconds,
    to: steps.to,
    stepSeconds: steps.stepSeconds,
  };
  const [bare, abnormal] = await Promise.all([
    at.source.range(at.datasource, bareDifference(counter, steps.stepSeconds), asked),
    at.source.range(at.datasource, abnormalInstances(counter, steps.stepSeconds), asked),
  ]);
  const abnormalSteps = instancesByStep(counter, steps, abnormal);
  const churned = instancesByStep(counter, steps, rowsWith(abnormal, 'churned'));
  const lost = await lostToRestarts(at, counter, steps, without(abnormalSteps, churned));
  tally.addOrdinary(bare, (index) => !abnormalSteps.has(index) || lost.has(index));
  for (const [index, each] of lost) tally.addLost(index, each);
  const limit = pLimit(ABNORMAL_STEPS_AT_ONCE);
  await Promise.all(
    [...abnormalSteps]
      .filter(([index]) => !lost.has(index))
      .map(([index, instances]) =>
        limit(() => readAbnormal(at, counter, steps, index, instances, tally)),
      ),
  );
  return tally;
}

async function readAbnormal(
  at: CounterSource,
  counter: Counter,
  steps: Steps,
  index: number,
  instances: readonly Instance[],
  tally: CounterTally,
): Promise<void> {
  const end = steps.from + (index + 1) * steps.stepSeconds;
  const shape = substepShape(steps.stepSeconds, at.scrapeIntervalSeconds);
  const asked = {
    from: end - steps.stepSeconds + shape.stepSeconds,
    to: end,
    stepSeconds: shape.stepSeconds,
  };
  const ask = (query: string) => at.source.range(at.datasource, query, asked);
  const plain = plainDifference(counter, steps.stepSeconds);
  const atItsEnd = { from: end, to: end, stepSeconds: steps.stepSeconds };
  tally.addOrdinary(await at.source.range(at.datasource, plain, atItsEnd), (own) => own === index);
  const whole = onInstances(widest(counter), instances);
  for (const [k, narrowed] of onInstances(counter, instances).entries()) {
    // What is so of a part is so of its total: both are judged by the same answer.
    const reasons = await ask(differenceReasons(whole[k] ?? narrowed, shape));
    const told = notScraped(counter, reasons);
    tally.flag(index, reasons, told.unscraped);
    for (const [some, own] of withLookBacks(counter, narrowed, instances, told, shape)) {
      tally.add(await ask(fullDifference(some, own)));
      if (own !== shape) tally.flag(index, await ask(differenceReasons(some, own)), []);
    }
  }
}

function instancesByStep(
  counter: Counter,
  steps: Steps,
  abnormal: readonly Series[],
): ReadonlyMap<number, readonly Instance[]> {
  const byStep = new Map<number, Map<string, Instance>>();
  for (const { labels, at } of abnormal) {
    const instance = instanceOf(counter, labels);
    for (const instant of at) {
      const index = stepIndex(steps, instant);
      const known = byStep.get(index) ?? new Map<string, Instance>();
      byStep.set(index, known.set(instanceKey(instance), instance));
    }
  }
  return new Map([...byStep].map(([index, own]) => [index, [...own.values()]]));
}

/** The steps of some that are not among others. */
function without<T>(
  some: ReadonlyMap<number, T>,
  others: ReadonlyMap<number, unknown>,
): ReadonlyMap<number, T> {
  return new Map([...some].filter(([index]) => !others.has(index)));
}

class CounterTally implements CounterReading {
  readonly groups = new Map<string, CountedGroup>();
  readonly flags: Set<StepFlag>[];
  readonly joined: boolean[];

  constructor(
    private readonly counter: Counter,
    private readonly steps: Steps,
  ) {
    const count = stepCount(steps);
    this.flags = Array.from({ length: count }, () => new Set<StepFlag>());
    this.joined = new Array<boolean>(count).fill(false);
  }

  /** Differences of ordinary instances, for the steps that are wanted. */
  addOrdinary(series: readonly Series[], wanted: (index: number) => boolean): void {
    for (const { labels, at, values } of series) {
      const kept: { readonly at: number[]; readonly values: number[] } = { at: [], values: [] };
      at.forEach((instant, k) => {
        const index = stepIndex(this.steps, instant);
        if (!wanted(index)) return;
        kept.at.push(instant);
        kept.values.push(values[k] ?? NaN);
        this.joined[index] = true;
      });
      this.addSeries(labels, kept.at, kept.values);
    }
  }

  addLost(index: number, lost: readonly Lost[]): void {
    const end = this.steps.from + (index + 1) * this.steps.stepSeconds;
    for (const { labels, events } of lost) this.addSeries(labels, [end], [events]);
  }

  add(series: readonly Series[]): void {
    for (const { labels, at, values } of series) this.addSeries(labels, at, values);
  }

  flag(index: number, reasons: readonly Series[], except: readonly Instance[]): void {
    const skipped = instanceKeys(except);
    for (const { labels } of reasons) {
      const reason = labels[REASON_LABEL];
      if (skipped.has(instanceKey(instanceOf(this.counter, labels)))) continue;
      if (reason === 'gap' || reason === 'baseline' || reason === 'relabelling') {
        this.flags[index]?.add(reason);
        if (reason === 'gap') this.joined[index] = true;
      }
    }
  }

  private addSeries(labels: Labels, at: readonly number[], values: readonly number[]): void {
    if (at.length === 0) return;
    const group = this.groupOf(labels);
    at.forEach((instant, k) => {
      const index = stepIndex(this.steps, instant);
      group.events[index] = (group.events[index] ?? 0) + (values[k] ?? 0);
      group.firstSeen = Math.min(group.firstSeen, index);
    });
  }

  private groupOf(labels: Labels): CountedGroup {
    const key = groupKey(this.counter.groupBy, labels);
    const known = this.groups.get(key);
    if (known !== undefined) return known;
    const group: CountedGroup = {
      labels: groupLabels(this.counter.groupBy, labels),
      events: new Array<number>(stepCount(this.steps)).fill(0),
      firstSeen: Infinity,
    };
    this.groups.set(key, group);
    return group;
  }
}

/** A group's values in the order of the grouping labels, as one text. */
export function groupKey(groupBy: readonly string[], labels: Labels): string {
  return groupBy.length === 0 ? '[]' : JSON.stringify(groupBy.map((label) => labels[label] ?? ''));
}

/** The grouping labels' values alone. */
export function groupLabels(groupBy: readonly string[], labels: Labels): Labels {
  return Object.fromEntries(groupBy.map((label) => [label, labels[label] ?? '']));
}
