import pLimit from 'p-limit';
import type { StepFlag } from '../ledger/step';
import { bareDifference } from '../promql/bare-difference';
import { type Counter, type Instance, onInstances } from '../promql/counter';
import {
  abnormalInstances,
  differenceReasons,
  fullDifference,
  ORDINARY_LOOKBACK_SECONDS,
  plainDifference,
  REASON_LABEL,
  type StepShape,
} from '../promql/delta';
import { DAY_SECONDS } from '../domain/duration';
import type { CounterSource } from './counter-source';
import { type Lost, lostToRestarts } from './restart-reader';
import type { Labels, Series } from './series-source';
import { stepCount, stepIndex, type Steps } from './steps';

/** How far back a target that returned from a long absence is looked for. */
const LONG_LOOKBACK_SECONDS = 35 * DAY_SECONDS;
/** Twice the silence after which a target is away. */
const ORDINARY_SERIES_LOOKBACK_SECONDS = 600;

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
  const lost = await lostToRestarts(at, counter, steps, abnormalSteps);
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
  const whole = { from: end, to: end, stepSeconds: steps.stepSeconds };
  tally.addOrdinary(await at.source.range(at.datasource, plain, whole), (own) => own === index);
  for (const narrowed of onInstances(counter, instances)) {
    const reasons = await ask(differenceReasons(narrowed, shape));
    const told = { instances, reasons };
    tally.flag(index, reasons, instancesWith(counter, reasons, 'unscraped'));
    for (const [some, own] of split(counter, narrowed, told, shape)) {
      tally.add(await ask(fullDifference(some, own)));
      if (own !== shape) tally.flag(index, await ask(differenceReasons(some, own)), []);
    }
  }
}

/** Every instance with the look-back it needs: scraped just before, not then, long silent, unknown. */
function split(
  counter: Counter,
  narrowed: Counter,
  told: { readonly instances: readonly Instance[]; readonly reasons: readonly Series[] },
  shape: StepShape,
): readonly (readonly [Counter, StepShape])[] {
  const [unscraped, away, strangers] = (['unscraped', 'away', 'stranger'] as const).map((reason) =>
    unique(instancesWith(counter, told.reasons, reason)),
  ) as [readonly Instance[], readonly Instance[], readonly Instance[]];
  const special = unique([...unscraped, ...away, ...strangers]);
  if (special.length === 0) return [[narrowed, shape]];
  const prefix = keyOf(special[0]?.slice(0, -1) ?? []);
  const all = told.instances.filter((one) => keyOf(one.slice(0, -1)) === prefix);
  const asked = (some: readonly Instance[], own: StepShape) =>
    onInstances(counter, some).map((each) => [each, own] as const);
  const series = (seconds: number) => ({
    ...shape,
    seriesLookbackSeconds: seconds,
    unscraped: true,
  });
  return [
    ...asked(without(all, special), shape),
    ...asked(without(special, [...away, ...strangers]), {
      ...shape,
      fromLastScrape: true,
      unscraped: true,
    }),
    ...asked(without(away, strangers), {
      ...series(ORDINARY_LOOKBACK_SECONDS),
      fromLastScrape: true,
    }),
    ...asked(strangers, {
      ...series(LONG_LOOKBACK_SECONDS),
      lookbackSeconds: LONG_LOOKBACK_SECONDS,
    }),
  ];
}

function unique(instances: readonly Instance[]): readonly Instance[] {
  return [...new Map(instances.map((instance) => [keyOf(instance), instance])).values()];
}

function without(instances: readonly Instance[], some: readonly Instance[]): readonly Instance[] {
  const left = keys(some);
  return instances.filter((instance) => !left.has(keyOf(instance)));
}

function keys(instances: readonly Instance[]): ReadonlySet<string> {
  return new Set(instances.map(keyOf));
}

function keyOf(instance: Instance): string {
  return JSON.stringify(instance);
}

/** A step is cut at the scrape interval, in whole seconds that divide it. */
function substepShape(stepSeconds: number, scrapeIntervalSeconds: number): StepShape {
  let parts = Math.max(1, Math.ceil(stepSeconds / scrapeIntervalSeconds));
  while (stepSeconds % parts !== 0) parts += 1;
  return {
    stepSeconds: stepSeconds / parts,
    scrapeIntervalSeconds,
    lookbackSeconds: ORDINARY_LOOKBACK_SECONDS,
    seriesLookbackSeconds: ORDINARY_SERIES_LOOKBACK_SECONDS,
    fromLastScrape: false,
    unscraped: false,
  };
}

function instancesByStep(
  counter: Counter,
  steps: Steps,
  abnormal: readonly Series[],
): ReadonlyMap<number, readonly Instance[]> {
  const byStep = new Map<number, Instance[]>();
  for (const { labels, at } of abnormal) {
    for (const instant of at) {
      const index = stepIndex(steps, instant);
      byStep.set(index, [...(byStep.get(index) ?? []), instanceOf(counter, labels)]);
    }
  }
  return byStep;
}

function instancesWith(
  counter: Counter,
  reasons: readonly Series[],
  reason: string,
): readonly Instance[] {
  return reasons
    .filter(({ labels }) => labels[REASON_LABEL] === reason)
    .map(({ labels }) => instanceOf(counter, labels));
}

function instanceOf(counter: Counter, labels: Labels): Instance {
  return counter.identity.map((label) => labels[label] ?? '');
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
    const skipped = keys(except);
    for (const { labels } of reasons) {
      const reason = labels[REASON_LABEL];
      if (skipped.has(keyOf(instanceOf(this.counter, labels)))) continue;
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
  return JSON.stringify(groupBy.map((label) => labels[label] ?? ''));
}

/** The grouping labels' values alone. */
export function groupLabels(groupBy: readonly string[], labels: Labels): Labels {
  return Object.fromEntries(groupBy.map((label) => [label, labels[label] ?? '']));
}
