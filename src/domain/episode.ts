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
  const made = new EpisodeMaker(mergeSeconds);
  for (const step of steps) made.add(step);
  return made.spent;
}

/** The same for steps that are added one after the other and need not be kept. */
export class EpisodeMaker {
  private readonly ended: Episode[] = [];
  private readonly all = new Sum();
  private readonly rest = new Sum();
  /** The newest one: it may go on. */
  private newest: Growing | null = null;
  /** What came since its last step that burned. */
  private since = new Sum();

  constructor(private readonly mergeSeconds = 0) {}

  add(step: SpentStep): void {
    this.all.add(step);
    if (burns(step)) this.burned(step);
    else {
      this.since.add(step);
      if (step.known && this.newest !== null) this.newest.over = true;
    }
  }

  get spent(): Spent {
    return {
      episodes: this.newest === null ? this.ended : [...this.ended, this.newest.told],
      rest: this.rest.and(this.since),
      all: this.all.told,
    };
  }

  private burned(step: SpentStep): void {
    const start = step.at - step.seconds;
    const { newest } = this;
    const goesOn = newest !== null && (!newest.over || start - newest.to <= this.mergeSeconds);
    if (goesOn) newest.sum.add(this.since.told);
    else {
      this.rest.add(this.since.told);
      if (newest !== null) this.ended.push(newest.told);
    }
    const growing = goesOn ? newest : new Growing(start);
    growing.add(step);
    this.newest = growing;
    this.since = new Sum();
  }
}

/** An episode to which steps are added. */
class Growing {
  readonly sum = new Sum();
  to: number;
  over = false;
  private peakBurnRate = -1;
  private peakAt = 0;

  constructor(private readonly from: number) {
    this.to = from;
  }

  /** @param step one that burns */
  add(step: SpentStep): void {
    const { at, events, raw, objective } = step;
    this.sum.add(step);
    this.to = at;
    this.over = false;
    const rate = Math.max(burnRate(raw, objective) ?? 0, burnRate(events, objective) ?? 0);
    if (rate <= this.peakBurnRate) return;
    this.peakBurnRate = rate;
    this.peakAt = at;
  }

  get told(): Episode {
    const { from, to, over, sum, peakBurnRate, peakAt } = this;
    return { from, to, over, ...sum.told, peakBurnRate, peakAt };
  }
}

function burns({ events, raw, objective }: SpentStep): boolean {
  return burnsFaster(raw, objective, ON_BUDGET) || burnsFaster(events, objective, ON_BUDGET);
}

class Sum {
  private events = EMPTY_TALLY;
  private raw = EMPTY_TALLY;

  add(more: EventsOf): void {
    this.events = add(this.events, more.events);
    this.raw = add(this.raw, more.raw);
  }

  and({ events, raw }: Sum): EventsOf {
    return { events: add(this.events, events), raw: add(this.raw, raw) };
  }

  get told(): EventsOf {
    return { events: this.events, raw: this.raw };
  }
}
