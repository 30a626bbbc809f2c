import type { AlertTier } from '../domain/alert-policy';
import { MINUTE_SECONDS } from '../domain/duration';
import type { Slo } from '../domain/slo';
import { windowSeconds } from '../domain/slo-window';
import { badOf } from '../domain/tally';
import { BurnTest } from './burn-test';
import type { Timeline } from './timeline';

/** Budget is being spent too fast, in small: faster than allowed over five minutes. */
export const EPISODE_SECONDS = 5 * MINUTE_SECONDS;

const EXACTLY_ON_BUDGET = { numerator: 1n, denominator: 1n };

/** How long a burn had been going on when it was told of, and what it had cost by then. */
interface Onset {
  readonly detectionSeconds: number | null;
  readonly spentRatio: number | null;
}

/** What was spent when, as shares of the budget of one window with the mean traffic of a timeline. */
export class Spending {
  private readonly burn: BurnTest;
  private readonly episode: number;
  /** Bad events that one window allows; null where nothing is known of its traffic. */
  readonly allowedBad: number | null;

  /** @param first index of the instant at which the time of interest begins */
  constructor(
    slo: Slo,
    private readonly timeline: Timeline,
    private readonly first: number,
  ) {
    const { stepSeconds, to } = timeline.grid;
    this.burn = new BurnTest(timeline, slo, EXACTLY_ON_BUDGET);
    this.episode = Math.ceil(EPISODE_SECONDS / stepSeconds);
    const { events, knownSeconds, cut } = timeline.exactly(first, timeline.length - 1);
    const counting = knownSeconds - (cut?.droppedSeconds ?? 0);
    const total = (Number(events.total) * windowSeconds(slo.window, to)) / counting;
    this.allowedBad = events.total > 0n && counting > 0 ? total * slo.objective.budgetRatio : null;
  }

  /** Of (from, to], two instants of the grid. */
  share(from: number, to: number): number | null {
    if (this.allowedBad === null) return null;
    const index = (at: number) => Math.max(this.first, this.timeline.indexOf(at));
    return Number(badOf(this.timeline.exactly(index(from), index(to)).events)) / this.allowedBad;
  }

  /** Of the burn that a tier told of at a step: the last unbroken one within its short window. */
  onsetOf({ shortSeconds }: AlertTier, step: number): Onset {
    const { stepSeconds } = this.timeline.grid;
    const reach = step - shortSeconds / stepSeconds;
    let last = step;
    while (last > reach && !this.burning(last)) last -= 1;
    if (last <= reach) return { detectionSeconds: null, spentRatio: null };
    let begin = last;
    while (begin - 1 >= this.first && this.burning(begin - 1)) begin -= 1;
    const start = Math.max(this.first, begin - this.episode);
    const at = this.timeline.instant(step);
    const startedAt = this.timeline.instant(start);
    return { detectionSeconds: at - startedAt, spentRatio: this.share(startedAt, at) };
  }

  private burning(step: number): boolean {
    return step >= this.episode && this.burn.burns(step - this.episode, step) === true;
  }
}
