import { LEAST_COVERAGE_RATIO } from '../domain/coverage';
import { errorBudget } from '../domain/error-budget';
import type { Objective } from '../domain/objective';
import type { Slo } from '../domain/slo';
import { type Span, windowSeconds } from '../domain/slo-window';
import { strictestObjective } from '../domain/strictest-objective';
import { badOf, type Tally } from '../domain/tally';
import { budgetStart } from './compute';
import { type Grid, type Roughly, type StreamPoints, Timeline } from './timeline';

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
 * @param streams with their points from the first window's start on
 * @param grid on the five-minute grid
 */
export function worstWindow(slo: Slo, streams: readonly StreamPoints[], grid: Grid): Tally {
  const { stepSeconds } = grid;
  const windows = [...windowsEnding(slo, grid)];
  const from = Math.min(grid.from, ...windows.slice(0, 1).map((window) => window.from));
  const timeline = new Timeline(slo, streams, { from, to: grid.to, stepSeconds });
  const last = windows.at(-1) ?? grid;
  let worst = eventsOf(timeline, last);
  // First roughly, which leaves few to be compared as integers.
  const shares = windows.map((window) => badShare(timeline, window));
  const most = shares.reduce((a, b) => Math.max(a, b.least), 0);
  windows.forEach((window, k) => {
    const share = shares[k] ?? UNKNOWN;
    if (share.most < most || (share.most === 0 && worst.total > 0n)) return;
    const events = eventsOf(timeline, window);
    if (badOf(events) * worst.total > badOf(worst) * events.total || worst.total === 0n) {
      worst = events;
    }
  });
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
