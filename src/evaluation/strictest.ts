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

/** Products of rounded factors are off by less than this share of themselves. */
const PRODUCT_ERROR = 2 ** -50;

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
  const scratch: Roughly = { good: 0, total: 0, knownSeconds: 0, error: 0 };
  const indexes = windows.map((window) => {
    return [timeline.indexOf(window.from), timeline.indexOf(window.to), window.seconds] as const;
  });
  const [first, last] = indexes.at(-1) ?? [0, 0];
  let worst = timeline.exactly(first, last).events;
  for (const [a, b, seconds] of indexes) {
    const { good, total, knownSeconds, error } = timeline.roughly(a, b, scratch);
    if (knownSeconds / seconds < LEAST_COVERAGE_RATIO) continue;
    const [worstTotal, worstBad] = [Number(worst.total), Number(badOf(worst))];
    const [left, right] = [(total - good) * worstTotal, worstBad * total];
    const doubt = (left + right) * PRODUCT_ERROR + 4 * error * (worstTotal + worstBad);
    if (left < right - doubt) continue;
    const { events } = timeline.exactly(a, b);
    if (badOf(events) * worst.total > badOf(worst) * events.total || worst.total === 0n) {
      worst = events;
    }
  }
  return worst;
}

/** The SLO window that ends at each instant of a grid, with the seconds that a whole one has. */
function* windowsEnding(
  slo: Slo,
  { from, to, stepSeconds }: Grid,
): Generator<Span & { readonly seconds: number }> {
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
