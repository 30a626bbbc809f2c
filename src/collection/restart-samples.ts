import { type Counter, type Instance, onInstances, targetsOf } from '../promql/counter';
import { formatSelector, type Selector } from '../promql/selector';
import type { CounterSource } from './counter-source';
import { instanceKey } from './instance-look-backs';
import { longestGap } from './increments';
import { type Series, SourceFailure } from './series-source';

/**
 * A question costs as much as some thousands of samples: steps that lie near each other are asked for
 * together up to here, with what lies between them.
 */
const SAMPLES_AT_ONCE = 2_500;

/** A step in which some instances were not ordinary. */
export interface RestartedStep {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly instances: readonly Instance[];
}

/** Scraped samples of a step and of the time of one scrape before it. */
export interface RawSamples {
  readonly series: readonly Series[];
  /** When these series' processes started. */
  readonly starts: readonly Series[];
}

/**
 * Reads what each step's instances scraped, and hands it over step by step.
 *
 * @param steps ascending
 */
export async function readRaw(
  at: CounterSource,
  counter: Counter,
  steps: readonly RestartedStep[],
  take: (step: RestartedStep, raw: RawSamples) => void,
): Promise<void> {
  const [first, ...rest] = steps;
  if (first === undefined) return;
  const told = await readLot(at, counter, [first], take);
  const perInstance = Math.max(1, told / first.instances.length);
  const lots = lotsOf(rest, at.scrapeIntervalSeconds / perInstance);
  await Promise.all(lots.map((lot) => readSmaller(at, counter, lot, take)));
}

/** Other instances may have far more series than those of the first step. */
async function readSmaller(...[at, counter, lot, take]: Parameters<typeof readLot>): Promise<void> {
  try {
    await readLot(at, counter, lot, take);
  } catch (error) {
    const tooMuch = error instanceof SourceFailure && error.kind === 'too_much';
    if (!tooMuch || lot.length === 1) throw error;
    await Promise.all(lot.map((step) => readLot(at, counter, [step], take)));
  }
}

/** @returns how many series there were */
async function readLot(
  at: CounterSource,
  counter: Counter,
  lot: readonly RestartedStep[],
  take: (step: RestartedStep, raw: RawSamples) => void,
): Promise<number> {
  const gap = longestGap(at.scrapeIntervalSeconds);
  const from = (lot[0]?.from ?? NaN) - gap;
  const to = lot.at(-1)?.to ?? NaN;
  const instances = new Map(
    lot.flatMap((step) => step.instances.map((one) => [instanceKey(one), one])),
  );
  const read = async (selectorOf: (narrowed: Counter) => Selector) => {
    const answers = await Promise.all(
      onInstances(counter, [...instances.values()]).map((narrowed) =>
        at.source.samples(at.datasource, formatSelector(selectorOf(narrowed)), from, to),
      ),
    );
    return byInstance(counter, answers.flat());
  };
  const [series, starts] = await Promise.all([
    read(({ selector }) => selector),
    read((narrowed) => targetsOf(narrowed, 'process_start_time_seconds')),
  ]);
  for (const step of lot) {
    const own = (of: ReadonlyMap<string, readonly Series[]>) =>
      step.instances
        .flatMap((instance) => of.get(instanceKey(instance)) ?? [])
        .flatMap((each) => between(each, step.from - gap, step.to));
    take(step, { series: own(series), starts: own(starts) });
  }
  return [...series.values()].flat().length;
}

function byInstance(
  { identity }: Counter,
  all: readonly Series[],
): ReadonlyMap<string, readonly Series[]> {
  const found = new Map<string, Series[]>();
  for (const series of all) {
    const key = instanceKey(identity.map((label) => series.labels[label] ?? ''));
    const own = found.get(key);
    if (own === undefined) found.set(key, [series]);
    else own.push(series);
  }
  return found;
}

/** Its samples of `from` < t <= `to`; nothing where there are none. */
function between({ labels, at, values }: Series, from: number, to: number): readonly Series[] {
  const first = at.findIndex((instant) => instant > from);
  const last = at.findLastIndex((instant) => instant <= to);
  if (first < 0 || last < first) return [];
  return [{ labels, at: at.slice(first, last + 1), values: values.slice(first, last + 1) }];
}

/**
 * @param secondsPerSample over all series of an instance
 */
export function lotsOf(
  steps: readonly RestartedStep[],
  secondsPerSample: number,
): readonly (readonly RestartedStep[])[] {
  const lots: { from: number; readonly steps: RestartedStep[]; readonly keys: Set<string> }[] = [];
  for (const step of steps) {
    const lot = lots.at(-1);
    const keys = step.instances.map(instanceKey);
    const all = new Set([...(lot?.keys ?? []), ...keys]);
    const samples = (all.size * (step.to - (lot?.from ?? step.from))) / secondsPerSample;
    if (lot === undefined || samples > SAMPLES_AT_ONCE) {
      lots.push({ from: step.from, steps: [step], keys: new Set(keys) });
    } else {
      lot.steps.push(step);
      for (const key of keys) lot.keys.add(key);
    }
  }
  return lots.map((lot) => lot.steps);
}
