import { instantOf } from '../settings/clocks';

/** Days of the week as RFC 5545 calls them, in its order. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A rule as the form has it: what most people mean, or one that they write themselves. */
export interface RuleDraft {
  readonly every: 'day' | 'week' | 'monthDay' | 'monthWeekday' | 'own';
  /** Every second week is 2. */
  readonly interval: number;
  /** Of weekly ones. */
  readonly days: readonly Weekday[];
  /** The last day, `2026-12-31`; empty for ever. */
  readonly until: string;
  /** A rule of one's own. */
  readonly own: string;
}

export const NO_RULE: RuleDraft = { every: 'week', interval: 1, days: [], until: '', own: '' };

/**
 * The rule of RFC 5545.
 *
 *     every second week on Sundays: FREQ=WEEKLY;INTERVAL=2;BYDAY=SU
 *     every month on the third Tuesday, where it begins on one: FREQ=MONTHLY;BYDAY=3TU
 *
 * @param from when it first comes, on the clocks of its zone
 */
export function ruleText(rule: RuleDraft, from: string, timeZone: string): string {
  if (rule.every === 'own') return rule.own.trim();
  const parts = [
    ...partsOf(rule, from),
    rule.interval > 1 ? `INTERVAL=${String(rule.interval)}` : '',
    untilOf(rule.until, timeZone),
  ];
  return parts.filter((part) => part !== '').join(';');
}

function partsOf({ every, days }: RuleDraft, from: string): readonly string[] {
  if (every === 'day') return ['FREQ=DAILY'];
  const { weekday, nth, day } = placeOf(from);
  if (every === 'week') {
    const chosen = WEEKDAYS.filter((name) => days.includes(name));
    return ['FREQ=WEEKLY', `BYDAY=${(chosen.length === 0 ? [weekday] : chosen).join(',')}`];
  }
  return ['FREQ=MONTHLY', every === 'monthDay' ? `BYMONTHDAY=${day}` : `BYDAY=${nth}${weekday}`];
}

/** Which day of the week and of the month it is; the fifth Tuesday of a month is told as its last. */
export function placeOf(from: string): {
  readonly weekday: Weekday;
  readonly nth: string;
  readonly day: string;
} {
  const date = new Date(`${from.slice(0, 10)}T00:00:00Z`);
  const day = date.getUTCDate();
  const nth = Math.ceil(day / 7);
  return {
    weekday: WEEKDAYS[(date.getUTCDay() + 6) % 7] ?? 'MO',
    nth: nth > 4 ? '-1' : String(nth),
    day: String(day),
  };
}

/** To the end of that day, in UTC as RFC 5545 wants it. */
function untilOf(until: string, timeZone: string): string {
  const last = until === '' ? null : instantOf(`${until}T23:59`, timeZone);
  if (last === null) return '';
  return `UNTIL=${new Date(last + 59_000).toISOString().replace(/[-:]|\.\d+/g, '')}`;
}
