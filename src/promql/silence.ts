import type { Counter } from './counter';
import { formatSelector } from './selector';

/** Scrapes are regular to some milliseconds; whoever is later by more is looked at more closely. */
const MOMENT_SECONDS = 0.1;
/** A scrape of a busy source may start later than its usual time. */
const JITTER_SECONDS = 1;

/** How long Prometheus shows the last sample of a series that has no end marker. */
const VISIBLE_SECONDS = 300;
/** The instants at which it is looked whether a series was still visible. */
const LOOK_EVERY_SECONDS = 60;

/** The part of a series' usual ages that a regular one exceeds in a quarter of all instants. */
export const USUAL_QUANTILE = 0.75;
/** Ages of regular samples are spread evenly up to the interval: 1.5 x 0.75 is above all of them. */
const USUAL_FACTOR = 1.5;
export const USUAL_RANGE_SECONDS = 600;

/** How often a source is scraped, and how long a silent target is waited for. */
export interface Patience {
  readonly scrapeIntervalSeconds: number;
  readonly rereadHorizonSeconds: number;
}

/**
 * Instances with a series that goes on, since no marker ended it, though its newest sample is older
 * than an interval. Mostly there are none, and asking costs one look at each series.
 *
 * A series without a marker is visible for five minutes. Beyond these it counts as silent if it was
 * still visible four minutes after its last sample, which one that had ended would not have been.
 */
export function silentInstances(counter: Counter, patience: Patience): string {
  const { age, vanished } = parts(counter, patience);
  const candidates = [`(${age} > ${freshSeconds(patience)})`, ...vanished].join(' or ');
  return `group by (${counter.identity.join(', ')}) (${candidates})`;
}

/**
 * The groups in which a series is silent. One that is scraped more rarely than the source's interval
 * says is not: its ages were as high before.
 */
export function silentGroups(counter: Counter, patience: Patience): string {
  const { age, vanished } = parts(counter, patience);
  const series = formatSelector(counter.selector);
  const ages = `(time() - timestamp(${series}))[${USUAL_RANGE_SECONDS}s:${patience.scrapeIntervalSeconds}s]`;
  const usual = `quantile_over_time(${USUAL_QUANTILE}, ${ages} offset ${VISIBLE_SECONDS}s)`;
  const rare = `(${age} <= ${USUAL_FACTOR} * ${usual} + ${JITTER_SECONDS})`;
  const silent = [`((${age} > ${freshSeconds(patience)}) unless ${rare})`, ...vanished].join(
    ' or ',
  );
  const { groupBy } = counter;
  return `group${groupBy.length === 0 ? '' : ` by (${groupBy.join(', ')})`} (${silent})`;
}

/** How old the newest sample of a series may be that is not silent. */
export function freshSeconds({ scrapeIntervalSeconds }: Pick<Patience, 'scrapeIntervalSeconds'>) {
  return scrapeIntervalSeconds + MOMENT_SECONDS;
}

function parts({ selector }: Counter, { rereadHorizonSeconds }: Patience) {
  const series = formatSelector(selector);
  // VictoriaMetrics tells the time of the last sample even where a marker ended the series.
  const age = `((time() - timestamp(${series})) and ${series})`;
  const farthest = rereadHorizonSeconds - VISIBLE_SECONDS + LOOK_EVERY_SECONDS;
  if (farthest <= LOOK_EVERY_SECONDS) return { age, vanished: [] };
  // The instant on the left edge is in it on Prometheus 2 only.
  const within = `[${farthest * 1000 - 1}ms:${LOOK_EVERY_SECONDS}s]`;
  const visibleUntil = `max_over_time(timestamp(${series} + 0)${within})`;
  const lastSample = `max_over_time(timestamp(${series})${within})`;
  const outlasted = VISIBLE_SECONDS - LOOK_EVERY_SECONDS;
  const vanished = `((${visibleUntil} - ${lastSample} >= ${outlasted}) unless ${series})`;
  return { age, vanished: [vanished] };
}
