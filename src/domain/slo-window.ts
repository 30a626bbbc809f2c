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

type CalendarWindow = SloWindow & { kind: 'calendar' };

/** The last period that was asked for, by unit and zone: the same one for weeks, and dear to find. */
const periods = new Map<string, Span>();

function periodContaining(window: CalendarWindow, at: number): Span {
  const key = `${window.unit} ${window.timeZone}`;
  const known = periods.get(key);
  if (known !== undefined && at > known.from && at <= known.to) return known;
  const found = findPeriod(window, at);
  periods.set(key, found);
  return found;
}

function findPeriod(window: CalendarWindow, at: number): Span {
  // An instant on the boundary closes the period before it: windows are (from, to].
  const within = DateTime.fromSeconds(at - 0.001, { zone: window.timeZone });
  const from = startOf(within, window.unit);
  const to = startOf(from.plus({ [window.unit]: 1 }), window.unit);
  return { from: from.toSeconds(), to: to.toSeconds() };
}

/** Where clocks went back over midnight there are two of them: the period begins with the first. */
function startOf(instant: DateTime, unit: CalendarUnit): DateTime {
  const start = instant.startOf(unit);
  return start.getPossibleOffsets()[0] ?? start;
}
