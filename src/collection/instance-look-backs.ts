import { type Counter, type Instance, onInstances } from '../promql/counter';
import {
  type DifferenceReason,
  ORDINARY_LOOKBACK_SECONDS,
  REASON_LABEL,
  type StepShape,
} from '../promql/delta';
import { DAY_SECONDS } from '../domain/duration';
import type { Labels, Series } from './series-source';

/** How far back a target that returned from a long absence is looked for. */
const LONG_LOOKBACK_SECONDS = 35 * DAY_SECONDS;
/** Twice the silence after which a target is away. */
const ORDINARY_SERIES_LOOKBACK_SECONDS = 600;

/** Instances that were not scraped just before, of which more is to be known. */
export interface NotScraped {
  readonly unscraped: readonly Instance[];
  readonly away: readonly Instance[];
  readonly strangers: readonly Instance[];
}

/** A process that has just begun was not scraped before either, but there is nothing to look back to. */
export function notScraped(counter: Counter, reasons: readonly Series[]): NotScraped {
  const births = instantsWith(counter, reasons, 'newborn');
  const of = (reason: DifferenceReason): readonly Instance[] =>
    [...instantsWith(counter, reasons, reason).values()]
      .filter(({ instance, at }) => {
        const born = births.get(instanceKey(instance))?.at;
        return born === undefined || [...at].some((instant) => !born.has(instant));
      })
      .map(({ instance }) => instance);
  return { unscraped: of('unscraped'), away: of('away'), strangers: of('stranger') };
}

/** Every instance with the look-back it needs: scraped just before, not then, long silent, unknown. */
export function withLookBacks(
  counter: Counter,
  narrowed: Counter,
  instances: readonly Instance[],
  { unscraped, away, strangers }: NotScraped,
  shape: StepShape,
): readonly (readonly [Counter, StepShape])[] {
  const special = unique([...unscraped, ...away, ...strangers]);
  if (special.length === 0) return [[narrowed, shape]];
  const prefix = instanceKey(special[0]?.slice(0, -1) ?? []);
  const all = instances.filter((one) => instanceKey(one.slice(0, -1)) === prefix);
  const asked = (some: readonly Instance[], own: StepShape) =>
    onInstances(counter, some).map((each) => [each, own] as const);
  const series = (seconds: number) => ({
    ...shape,
    seriesLookbackSeconds: seconds,
    unscraped: true,
  });
  return [
    ...asked(except(all, special), shape),
    ...asked(except(special, [...away, ...strangers]), {
      ...shape,
      fromLastScrape: true,
      unscraped: true,
    }),
    ...asked(except(away, strangers), {
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
  return [...new Map(instances.map((instance) => [instanceKey(instance), instance])).values()];
}

function except(instances: readonly Instance[], some: readonly Instance[]): readonly Instance[] {
  const left = instanceKeys(some);
  return instances.filter((instance) => !left.has(instanceKey(instance)));
}

export function instanceKeys(instances: readonly Instance[]): ReadonlySet<string> {
  return new Set(instances.map(instanceKey));
}

export function instanceKey(instance: Instance): string {
  return JSON.stringify(instance);
}

/** A step is cut at the scrape interval, in whole seconds that divide it. */
export function substepShape(stepSeconds: number, scrapeIntervalSeconds: number): StepShape {
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

export function rowsWith(rows: readonly Series[], reason: DifferenceReason): readonly Series[] {
  return rows.filter(({ labels }) => labels[REASON_LABEL] === reason);
}

/** By key: the instances that something is said of, and when. */
function instantsWith(
  counter: Counter,
  reasons: readonly Series[],
  reason: DifferenceReason,
): ReadonlyMap<string, { readonly instance: Instance; readonly at: ReadonlySet<number> }> {
  const rows = rowsWith(reasons, reason).map(({ labels, at }) => {
    const instance = instanceOf(counter, labels);
    return [instanceKey(instance), { instance, at: new Set(at) }] as const;
  });
  return new Map(rows);
}

export function instanceOf(counter: Counter, labels: Labels): Instance {
  return counter.identity.map((label) => labels[label] ?? '');
}
