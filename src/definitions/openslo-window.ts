import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../domain/duration';
import type { CalendarUnit, SloWindow } from '../domain/slo-window';
import { isTimeZone } from '../yaml/formats';
import { shown } from '../yaml/shown';
import { DateTime } from 'luxon';
import type { Field } from './foreign-field';
import { windowOutside } from './foreign-window';
import { rollingWindow } from './native-slo';
import type { ReadOptions } from './read-options';

/** OpenSLO's units: `m` is a minute, `M` a month. */
type Unit = 'm' | 'h' | 'd' | 'w' | 'M' | 'Q' | 'Y';

interface Length {
  readonly count: number;
  readonly unit: Unit;
  /** As it stands in the document. */
  readonly written: string;
  readonly field: Field;
}

const SECONDS: Readonly<Partial<Record<Unit, number>>> = {
  m: MINUTE_SECONDS,
  h: HOUR_SECONDS,
  d: DAY_SECONDS,
  w: 7 * DAY_SECONDS,
};
const CALENDAR: Readonly<Partial<Record<Unit, CalendarUnit>>> = {
  w: 'week',
  M: 'month',
  Q: 'quarter',
};
const ROLLING_INSTEAD: Readonly<Partial<Record<Unit, string>>> = { M: '30d', Q: '90d', Y: '365d' };
const ALPHA_UNITS: Readonly<Record<string, Unit>> = {
  minute: 'm',
  hour: 'h',
  day: 'd',
  week: 'w',
  month: 'M',
  quarter: 'Q',
  year: 'Y',
};

/** The one window of an SLO: `timeWindow` with a duration, or v1alpha's `timeWindows` with unit and count. */
export function readOpenSloWindow(spec: Field, options: ReadOptions): SloWindow | null {
  const list = spec.either('timeWindow', 'timeWindows');
  const windows = list.items();
  const [window] = windows;
  if (window === undefined) {
    return windowOutside(list.present ? list : spec, options.window, 'there is no timeWindow');
  }
  if (windows.length > 1) {
    list.error(`${list.key} is a list of ${windows.length}, allowed: exactly one window`);
    return null;
  }
  const length = window.at('unit').present
    ? alphaLength(window)
    : durationOf(window.at('duration'));
  const rolling = window.at('isRolling').flag();
  const calendar = window.at('calendar').mapping();
  if (length === null) return null;
  if (rolling ?? !calendar.present) {
    calendar.drop('the window is rolling');
    return readRollingLength(length);
  }
  return readCalendar(length, calendar);
}

function alphaLength(window: Field): Length | null {
  const field = window.at('unit');
  const unit = field.oneOf('Minute', 'Hour', 'Day', 'Week', 'Month', 'Quarter', 'Year');
  const count = window.at('count').required('how many units');
  if (unit === null || count === null) return null;
  const known = ALPHA_UNITS[unit.toLowerCase()] ?? 'd';
  return lengthOf(window.at('count'), count, known, `${count} ${unit}`);
}

/** A duration-shorthand: one whole number and one unit. */
export function durationOf(field: Field): Length | null {
  const text = field.required('a duration such as 30d or 1M');
  if (text === null) return null;
  const [, count, unit] = /^(\d+)([mhdwMQY])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    return lengthOf(field, count, unit as Unit, text);
  }
  field.error(
    `${field.key} is ${shown(text)}, allowed: a whole number and one of m (minute), h, d, w, M (month), Q, Y, such as 30d or 1M`,
  );
  return null;
}

function lengthOf(field: Field, count: string, unit: Unit, written: string): Length | null {
  if (/^[1-9]\d{0,5}$/.test(count)) return { count: Number(count), unit, written, field };
  field.error(`${field.key} is ${shown(count)}, allowed: a whole number above zero`);
  return null;
}

/** Seconds of a duration without calendar units, or null. */
export function secondsOf({ count, unit }: Length): number | null {
  const seconds = SECONDS[unit];
  return seconds === undefined ? null : count * seconds;
}

function readRollingLength(length: Length): SloWindow | null {
  const { field, written, unit } = length;
  const seconds = secondsOf(length);
  if (seconds !== null) {
    if (unit === 'm') hintAtMonth(length);
    return field.attempt(() => rollingWindow(seconds, written));
  }
  const instead = ROLLING_INSTEAD[unit] ?? '30d';
  field.error(
    `${field.key} is ${shown(written)}, a rolling window without a fixed length, allowed: one in days such as ${instead}, or a calendar window (isRolling: false)`,
  );
  return null;
}

function readCalendar(length: Length, calendar: Field): SloWindow | null {
  const { field, count, unit, written } = length;
  const name = CALENDAR[unit];
  const zone = readZone(calendar);
  const start = calendar.at('startTime').text();
  if (name === undefined || count !== 1) {
    if (unit === 'm') hintAtMonth(length);
    field.error(
      `${field.key} is ${shown(written)}, allowed for a calendar window: one week, month or quarter (1w, 1M, 1Q)`,
    );
    return null;
  }
  if (zone === null) return null;
  if (start !== null) checkStart(calendar.at('startTime'), start, name, zone);
  return { kind: 'calendar', unit: name, timeZone: zone };
}

function hintAtMonth({ field, count, written }: Length): void {
  field.warning(`${shown(written)} is minutes; was ${count}M, months, meant?`);
}

function readZone(calendar: Field): string | null {
  const field = calendar.at('timeZone');
  const zone = field.text();
  if (zone === null) {
    calendar.warning('there is no timeZone: UTC is taken');
    return 'UTC';
  }
  if (isTimeZone(zone)) return zone;
  field.error(`timeZone is ${shown(zone)}, allowed: an IANA time zone such as Europe/Berlin`);
  return null;
}

/** Periods begin with the calendar's here, so only a start on such a beginning is carried over whole. */
function checkStart(field: Field, text: string, unit: CalendarUnit, zone: string): void {
  const start = DateTime.fromSQL(text, { zone });
  const instant = start.isValid ? start : DateTime.fromISO(text, { zone });
  if (!instant.isValid) {
    field.error(`startTime is ${shown(text)}, allowed: a time such as 2026-01-01 00:00:00`);
  } else if (instant.toMillis() !== instant.startOf(unit).toMillis()) {
    field.warning(
      `not carried over: periods begin with the calendar ${unit} in ${zone}, not at ${text}`,
    );
  }
}
