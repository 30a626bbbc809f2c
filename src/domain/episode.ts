import { burnRate, burnsFaster } from './burn-rate';
import type { Objective } from './objective';
import { add, EMPTY_TALLY, type Tally } from './tally';

/** Events of a time, as they count and as they were seen. */
export interface EventsOf {
  readonly events: Tally;
  readonly raw: Tally;
}

/** Events of one step, (at - seconds, at]. */
export interface SpentStep extends EventsOf {
  /** Epoch seconds of its end. */
  readonly at: number;
  readonly seconds: number;
  /** Whether at least half of the step is known: what is not neither burns nor recovers. */
  readonly known: boolean;
  /** In force at the time. */
  readonly objective: Objective;
}

/** A maximal span in which bad events came faster than budget. */
export interface Episode extends EventsOf {
  /** Epoch seconds: events of (from, to]. */
  readonly from: number;
  /** End of its last step that burned. */
  readonly to: number;
  /** False while nothing that was seen since says that it is over. */
  readonly over: boolean;
  /** The fastest burn of one of its steps. */
  readonly peakBurnRate: number;
  /** Epoch seconds of that step's end. */
  readonly peakAt: number;
}

/** Where the events of a span went: episodes and rest add up to all of them. */
export interface Spent {
  /** Ascending by time. */
  readonly episodes: readonly Episode[];
  /** What fell outside of all episodes. */
  readonly rest: EventsOf;
  readonly all: EventsOf;
}

const ON_BUDGET = { numerator: 1n, denominator: 1n };

/**
 * What spent the budget: the maximal spans of steps whose bad events came faster than budget, by the
 * objective of their time.
 *
 *     a step burns when      bad / total > 1 - objective      (burn rate above 1)
 *
 * 99.9 %, steps of 1 000 events with 0, 5, 40, 1, 0 bad: one episode of two steps with 45 bad, the
 * rest has 1 (exactly on budget is not faster). 45 + 1 is what was consumed.
 *
 * A step of which less than half is known and that does not burn says nothing: an episode goes on
 * through it, as a firing alert does, and ends with the step that is known not to burn. What was
 * seen burns, too, where exclusions or `noData` let it not count: such an episode has spent less
 * than its raw events say, perhaps nothing.
 *
 * @param steps        ascending and adjoining, of five minutes each
 * @param mergeSeconds episodes that are at most so far apart are one; what lies between belongs to it
 * @see Site Reliability Workbook, ch. 5, for the burn rate
 */
export function spentIn(steps: readonly SpentStep[], mergeSeconds = 0): Spent {
  const spans = joined(burningSpans(steps), steps, mergeSeconds);
  const rest = new Sum();
  let next = 0;
  const episodes = spans.map(({ first, last, over }): Episode => {
    rest.take(steps.slice(next, first));
    next = last + 1;
    const own = steps.slice(first, next);
    const [from, to] = [startOf(own[0]), own.at(-1)?.at ?? 0];
    return { from, to, over, ...new Sum().take(own).told, ...peakOf(own) };
  });
  rest.take(steps.slice(next));
  return { episodes, rest: rest.told, all: new Sum().take(steps).told };
}

/** Places of the first and last burning step of a span. */
interface Burning {
  readonly first: number;
  readonly last: number;
  readonly over: boolean;
}

function burningSpans(steps: readonly SpentStep[]): readonly Burning[] {
  const spans: Burning[] = [];
  let open: { first: number; last: number } | null = null;
  for (const [k, step] of steps.entries()) {
    if (burns(step)) {
      if (open === null) open = { first: k, last: k };
      else open.last = k;
    } else if (step.known && open !== null) {
      spans.push({ ...open, over: true });
      open = null;
    }
  }
  return open === null ? spans : [...spans, { ...open, over: false }];
}

function burns({ events, raw, objective }: SpentStep): boolean {
  return burnsFaster(raw, objective, ON_BUDGET) || burnsFaster(events, objective, ON_BUDGET);
}

function joined(
  spans: readonly Burning[],
  steps: readonly SpentStep[],
  mergeSeconds: number,
): readonly Burning[] {
  const result: Burning[] = [];
  for (const span of spans) {
    const before = result.at(-1);
    const gap = startOf(steps[span.first]) - (steps[before?.last ?? 0]?.at ?? 0);
    if (before !== undefined && gap <= mergeSeconds) {
      result[result.length - 1] = { ...span, first: before.first };
    } else result.push(span);
  }
  return result;
}

function startOf(step: SpentStep | undefined): number {
  return step === undefined ? 0 : step.at - step.seconds;
}

/** The fastest of the steps; the first of them burns, so that there is one. */
function peakOf(steps: readonly SpentStep[]): Pick<Episode, 'peakBurnRate' | 'peakAt'> {
  let peak = { peakBurnRate: -1, peakAt: 0 };
  for (const { at, events, raw, objective } of steps) {
    const rate = Math.max(burnRate(raw, objective) ?? 0, burnRate(events, objective) ?? 0);
    if (rate > peak.peakBurnRate) peak = { peakBurnRate: rate, peakAt: at };
  }
  return peak;
}

class Sum {
  private events = EMPTY_TALLY;
  private raw = EMPTY_TALLY;

  take(steps: readonly SpentStep[]): this {
    for (const step of steps) {
      this.events = add(this.events, step.events);
      this.raw = add(this.raw, step.raw);
    }
    return this;
  }

  get told(): EventsOf {
    return { events: this.events, raw: this.raw };
  }
}
