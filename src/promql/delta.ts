import { type Counter, sameTargets, widest } from './counter';
import { formatSelector } from './selector';

/** How a step is cut and how far back the expression looks. */
export interface StepShape {
  readonly stepSeconds: number;
  readonly scrapeIntervalSeconds: number;
  /** How long ago a target may have been seen and still be known. */
  readonly lookbackSeconds: number;
  /** How long ago a series may have been seen and still be the one that goes on. */
  readonly seriesLookbackSeconds: number;
  /**
   * Whether a series goes on, or ends, only if it was there at its instance's last scrape. Of an
   * instance that was not scraped just before, this tells the series it had then from those of an
   * earlier life, at the price of subqueries.
   */
  readonly fromLastScrape: boolean;
  /** Whether the instance was not scraped just before. */
  readonly unscraped: boolean;
}

/** A target that answered within this time is not away. */
const AWAY_AFTER_SECONDS = 300;

/** Two hours: longer absences are asked for once more, back to the source's retention. */
export const ORDINARY_LOOKBACK_SECONDS = 7_200;

/**
 * A process younger than this at its first scrape is new to us, not merely first seen: service
 * discovery and start-up probes keep pods unscraped for a minute or two.
 */
const DISCOVERY_GRACE_SECONDS = 120;

/** Some exporters compute their start from an uptime, which wavers. */
export const START_JITTER_SECONDS = 1;

/**
 * Events of a step on all ordinary instances: those whose series exist at both ends and only grew.
 *
 *     sum by (g) ((S - S offset s) unless on (job, instance) abnormal)
 */
export function plainDifference(counter: Counter, stepSeconds: number): string {
  const { now, before, id } = parts(counter, stepSeconds);
  return `${sumBy(counter)}((${now} - ${before}) unless on (${id}) ${abnormal(widest(counter), stepSeconds)})`;
}

/**
 * The instances on which a series began, ended or was reset within the step, or was seen only
 * between two failed scrapes of it, or whose process is another one than before; they need
 * `fullDifference`. Those of a part are those of its total, so that both are asked for once. An instance
 * on which a series is there at one end of the step and not at the other has a row of its own for that:
 * `churned`.
 *
 * A reset may lie between the last sample before the step and the first one in it, and be overtaken
 * by its end: Prometheus counts resets among the step's own samples only, so the lowest of them is
 * held against the value before.
 */
export function abnormalInstances(counter: Counter, stepSeconds: number): string {
  const whole = widest(counter);
  const { id } = parts(whole, stepSeconds);
  const churn = reason(id, 'churned', churned(whole, stepSeconds));
  return `${churn} or group by (${id}) (${odd(whole, stepSeconds)})`;
}

function abnormal(counter: Counter, stepSeconds: number): string {
  return `(${churned(counter, stepSeconds)} or ${odd(counter, stepSeconds)})`;
}

function churned(counter: Counter, stepSeconds: number): string {
  const { now, before } = parts(counter, stepSeconds);
  return `(${now} unless ${before}) or (${before} unless ${now})`;
}

function odd(counter: Counter, stepSeconds: number): string {
  const { now, before } = parts(counter, stepSeconds);
  const started = sameTargets(counter, 'process_start_time_seconds');
  const restarted = `${started} > (${started} offset ${stepSeconds}s + ${START_JITTER_SECONDS})`;
  return (
    `(min_over_time(${now}[${stepSeconds}s]) < ${before})` +
    ` or ((last_over_time(${now}[${stepSeconds}s]) unless ${now}) unless ${before})` +
    ` or (resets(${now}[${stepSeconds}s]) > 0) or (${restarted})`
  );
}

/**
 * Events of a step on every series, whatever happened to it: the increments between consecutive
 * scraped samples, the first one counting from zero when its process or its newness is known.
 *
 * Adjoining steps share their boundary value, so they telescope: nothing is lost between them or
 * counted twice, on any engine. `increase()` does lose what happens between its ranges, ignores a
 * new series' first value and extrapolates bursts.
 *
 *     delta = cur                                                   where another process has passed prev
 *          or (cur - prev >= 0)
 *          or (max(what was seen before the reset - prev, 0) + cur)  where the value fell
 *          or (cur of a birth)
 *
 * @see docs/decisions/0003-counting.md
 */
export function fullDifference(counter: Counter, shape: StepShape): string {
  const { current, previous, highest, scraped, replaced, renewed, id } = full(counter, shape);
  const grown = `(${current} - ${previous} >= 0)`;
  const fell = `((${current} < ${previous}) * 0 + clamp_min(${highest} - ${previous}, 0) + ${current})`;
  // Only what the new process told: a series of the old one, which it may not have yet, stays visible
  // for the lookback, and may have been scraped within the step.
  const overtook = `((${scraped} >= ${previous}) and on (${id}) ${replaced} and ${renewed})`;
  const terms = [overtook, grown, fell];
  if (counter.births === 'count') terms.push(births(counter, shape));
  return `${sumBy(counter)}(${terms.join(' or ')})`;
}

/** What can be said of an instance. */
export type DifferenceReason =
  'churned' | 'gap' | 'baseline' | 'relabelling' | 'unscraped' | 'away' | 'newborn' | 'stranger';

export const REASON_LABEL = 'slowburn_reason';

/**
 * Why instances were not ordinary, one row per instance and reason.
 *
 * gap: it brings what it counted while it was away. baseline: a value appeared that was not
 * counted. relabelling: so did one while another series of the instance ended. unscraped: it did
 * not answer just before. away: nor in the five minutes before. newborn: its process is young, and
 * nothing of it was there in the two hours before. stranger: a baseline on an instance unknown for
 * the whole lookback, so it may have been known before that.
 */
export function differenceReasons(counter: Counter, shape: StepShape): string {
  const terms = full(counter, shape);
  const { current, previous, before, scrapedBefore, ended, known, began, silent, id } = terms;
  const uncounted =
    counter.births === 'count'
      ? `((${current} unless ${previous}) unless ${births(counter, shape)})`
      : `(${current} unless ${previous})`;
  return [
    reason(id, 'gap', `(${previous} unless ${before}) and ${current}`),
    reason(id, 'baseline', uncounted),
    reason(id, 'relabelling', `${uncounted} and on (${id}) ${ended}`),
    reason(id, 'unscraped', `${current} unless on (${id}) ${scrapedBefore}`),
    reason(id, 'away', `${current} and on (${id}) ${silent}`),
    reason(
      id,
      'newborn',
      `${current} and on (${id}) ${terms.young} unless on (${id}) ${terms.there}`,
    ),
    reason(id, 'stranger', `${uncounted} unless on (${id}) (${known} or ${began})`),
  ].join(' or ');
}

function reason(id: string, name: DifferenceReason, condition: string): string {
  return `label_replace(group by (${id}) (${condition}), "${REASON_LABEL}", "${name}", "", "")`;
}

/** Series that were not there before, of a process that is new or an instance that was already known. */
function births(counter: Counter, shape: StepShape): string {
  const { current, previous, ended, known, began, id } = full(counter, shape);
  return `((${current} unless ${previous}) and on (${id}) (${began} or (${known} unless on (${id}) ${ended})))`;
}

function full(counter: Counter, shape: StepShape) {
  const { stepSeconds, scrapeIntervalSeconds, lookbackSeconds, seriesLookbackSeconds } = shape;
  const { now, before, id } = parts(counter, stepSeconds);
  const [step, lookback] = [`${stepSeconds}s`, `${lookbackSeconds}s`];
  const up = sameTargets(counter, 'up');
  const started = sameTargets(counter, 'process_start_time_seconds');
  const scrapedBefore = `((${up} offset ${step}) == 1)`;
  const seen = `[${seriesLookbackSeconds}s`;
  const older = `(last_over_time(${now}${seen}] offset ${step}) unless on (${id}) ${scrapedBefore})`;
  const lastSeen = `max_over_time(timestamp(${now})${seen}:${scrapeIntervalSeconds}s] offset ${step})`;
  const answers = `(timestamp(${up}) and (${up} == 1))`;
  const lastScrape = `max_over_time(${answers}${seen}:${scrapeIntervalSeconds}s] offset ${step})`;
  const goneBefore = `(${lastSeen} < on (${id}) group_left() ${lastScrape})`;
  const fromGap = shape.fromLastScrape ? `(${older} unless ${goneBefore})` : older;
  const previous = `(${before} or ${fromGap})`;
  const youngest = stepSeconds + scrapeIntervalSeconds + DISCOVERY_GRACE_SECONDS;
  const young = `(${started} > (time() - ${youngest}))`;
  const lately = `[${ORDINARY_LOOKBACK_SECONDS}s] offset ${step}`;
  const there = `(last_over_time(${up}${lately}) or last_over_time(${now}${lately}))`;
  const replaced = `(${started} > (last_over_time(${started}[${lookback}] offset ${step}) + ${START_JITTER_SECONDS}))`;
  // Who began while nobody of the whole job was scraped is new as well.
  const everybody = sameTargets({ ...counter, selector: counter.fleet ?? counter.selector }, 'up');
  const lastOfAll = `max_over_time(timestamp(${everybody})[${ORDINARY_LOOKBACK_SECONDS}s:${scrapeIntervalSeconds}s] offset ${step})`;
  const unseen = shape.unscraped ? [`(${started} > scalar(max(${lastOfAll})))`] : [];
  return {
    id,
    before,
    previous,
    scrapedBefore,
    current: `(${now} or last_over_time(${now}[${step}]))`,
    highest: `max_over_time(${now}[${step}])`,
    scraped: `last_over_time(${now}[${stepSeconds * 1000 - 1}ms])`,
    ended: `(${previous} unless ${now})`,
    known: `(max_over_time(${up}[${lookback}] offset ${step}) == 1)`,
    silent: `(${up} unless on (${id}) (max_over_time(${up}[${AWAY_AFTER_SECONDS}s] offset ${step}) == 1))`,
    began: `(${[young, replaced, ...unseen].join(' or ')})`,
    replaced,
    renewed: `(timestamp(${now}) > on (${id}) group_left() max by (${id}) (${started}))`,
    young,
    there,
  };
}

function parts(counter: Counter, stepSeconds: number) {
  const now = formatSelector(counter.selector);
  return { now, before: `${now} offset ${stepSeconds}s`, id: counter.identity.join(', ') };
}

function sumBy({ groupBy }: Counter): string {
  return groupBy.length === 0 ? 'sum' : `sum by (${groupBy.join(', ')}) `;
}
