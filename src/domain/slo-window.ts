import { DateTime } from 'luxon';
import { formatSeconds } from './duration';

export type CalendarUnit = 'week' | 'month' | 'quarter';

/** The time an error budget covers. */
export type SloWindow =
  | { readonly kind: 'rolling'; readonly seconds: number }
  | { readonly kind: 'calendar'; readonly unit: CalendarUnit; readonly timeZone: string };

/** The instants a window spans, in epoch seconds: events in (from, to]. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The part of the window that ends at an instant: the last 30 x 86 400 seconds of a rolling window
 * (never calendar days), the time since the period's start in its zone of a calendar one.
 *
 * @param at epoch seconds
 */
export function windowEndingAt(window: SloWindow, at: number): Span {
  if (window.kind === 'rolling') return { from: at - window.seconds, to: at };
  return { from: periodContaining(window, at).from, to: at };
}

/**
 * The seconds a whole window has: fixed for a rolling window, the current period's for a calendar
 * one (a month has 2 419 200 to 2 682 000, an hour less or more where clocks change).
 */
export function windowSeconds(window: SloWindow, at: number): number {
  if (window.kind === 'rolling') return window.seconds;
  const { from, to } = periodContaining(window, at);
  return to - from;
}

/** `30d`, or `month` for a calendar window. */
export function windowName(window: SloWindow): string {
  return window.kind === 'rolling' ? formatSeconds(window.seconds) : window.unit;
}

function periodContaining(window: SloWindow & { kind: 'calendar' }, at: number): Span {
  const start = DateTime.fromSeconds(at, { zone: window.timeZone }).startOf(window.unit);
  // An instant on the boundary closes the period before it: windows are (from, to].
  const from = start.toSeconds() === at ? start.minus({ seconds: 1 }).startOf(window.unit) : start;
  return {
    from: from.toSeconds(),
    to: from
      .plus({ [window.unit]: 1 })
      .startOf(window.unit)
      .toSeconds(),
  };
}
