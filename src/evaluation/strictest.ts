import { LEAST_COVERAGE_RATIO } from '../domain/coverage';
import { errorBudget } from '../domain/error-budget';
import type { Objective } from '../domain/objective';
import type { Slo } from '../domain/slo';
import { type Span, windowSeconds } from '../domain/slo-window';
import { strictestObjective } from '../domain/strictest-objective';
import { badOf, type Tally } from '../domain/tally';
import { budgetStart } from './compute';
import type { Grid, Roughly, Timeline } from './timeline';

/** The strictest objective that was met; without one, why. */
export type Strictest =
  | {
      readonly kind: 'met';
      readonly objective: Objective;
      /** Bad events that it would have left, in events of the stream's scale. */
      readonly remainingBad: number;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** Of the events of one window. */
export function strictestOf(events: Tally): Strictest {
  const objective = strictestObjective(events);
  if (objective !== null) {
    const remainingBad = errorBudget(events, objective)?.remainingBad ?? 0;
    return { kind: 'met', objective, remainingBad };
  }
  if (events.total === 0n) return { kind: 'none', reason: 'no event was counted' };
  if (badOf(events) === 0n) {
    return { kind: 'none', reason: 'no event was bad, so that every objective was met' };
  }
  return { kind: 'none', reason: 'hardly an event was good, so that no objective was met' };
}

/** Shares that differ by less may differ the other way round as fractions. */
const SHARE_ERROR = 2 ** -48;

/**
 * The events of the worst of the SLO windows that end at an instant of a grid, so that whatever
 * objective they have met was met at every instant. Windows of which less than half is known are
 * passed over, all but the last: one bad event of the first ten would be the worst of all.
 *
 * @param timeline on the five-minute grid, from the start of the first window on
 * @param from the first instant at which a window ends; the last one is that of the timeline
 */
export function worstWindow(slo: Slo, timeline: Timeline, from: number): Tally {
  let last: Span = timeline.grid;
  // First roughly, which leaves few to be compared as integers.
  const candidates: { readonly window: Span; readonly most: number }[] = [];
  let most = 0;
  for (const window of windowsEnding(slo, { ...timeline.grid, from })) {
    last = window;
    const share = badShare(timeline, window);
    if (share.most < most) continue;
    most = Math.max(most, share.least);
    candidates.push({ window, most: share.most });
  }
  let worst = eventsOf(timeline, last);
  for (const { window, most: itsMost } of candidates) {
    if (itsMost < most || (itsMost === 0 && worst.total > 0n)) continue;
    const events = eventsOf(timeline, window);
    if (badOf(events) * worst.total > badOf(worst) * events.total || worst.total === 0n) {
      worst = events;
    }
  }
  return worst;
}

function eventsOf(timeline: Timeline, { from, to }: Span): Tally {
  return timeline.exactly(timeline.indexOf(from), timeline.indexOf(to)).events;
}

const scratch: Roughly = {
  good: 0,
  total: 0,
  knownSeconds: 0,
  droppedSeconds: 0,
  error: 0,
};
const UNKNOWN = { least: -1, most: -1 };

/** Between which numbers the bad share of a window lies; below 0 where too little is known of it. */
function badShare(timeline: Timeline, { from, to, seconds }: WholeWindow): typeof UNKNOWN {
  const [a, b] = [timeline.indexOf(from), timeline.indexOf(to)];
  const { good, total, knownSeconds, droppedSeconds, error } = timeline.roughly(a, b, scratch);
  const known = (knownSeconds - droppedSeconds) / (seconds - droppedSeconds);
  if (total <= 0 || known < LEAST_COVERAGE_RATIO) return UNKNOWN;
  const share = (total - good) / total;
  const doubt = share === 0 && error === 0 ? 0 : SHARE_ERROR + (4 * error) / total;
  return { least: share - doubt, most: share + doubt };
}

interface WholeWindow extends Span {
  /** That a whole one has. */
  readonly seconds: number;
}

/** The SLO window that ends at each instant of a grid. */
function* windowsEnding(slo: Slo, { from, to, stepSeconds }: Grid): Generator<WholeWindow> {
  let [start, seconds] = [0, 0];
  for (let at = from; at <= to; at += stepSeconds) {
    const rolling = slo.window.kind === 'rolling';
    // Asking a calendar is slow: its period is the same until it ends.
    if (rolling || at > start + seconds) {
      [start, seconds] = [budgetStart(slo, at), windowSeconds(slo.window, at)];
    }
    yield { from: Math.floor(start / stepSeconds) * stepSeconds, to: at, seconds };
  }
}
