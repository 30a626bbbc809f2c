import { toldIn } from '../figures/told';
import { say } from '../words/say';
import { readRule } from './read-rule';
import { type Weekday, WEEKDAYS } from './rule';
import { WORDS } from './words';
import { wallOf } from '../settings/clocks';

/** 5 January 1970 was a Monday. */
const A_MONDAY = 4 * 86_400_000;

/** What recurs, as the service tells it. */
export interface Recurring {
  readonly from: string;
  readonly rrule: string;
  readonly duration: string | null;
  readonly timeZone: string | null;
}

/** `Every week on Sunday, at 02:00 (Europe/Berlin), for 2h`; a rule that says more as it is written. */
export function ruleSentence({ from, rrule, duration, timeZone }: Recurring): string {
  const words = say(WORDS);
  const zone = timeZone ?? 'UTC';
  const clock = wallOf(Date.parse(from), zone).slice(11);
  return [
    ...ruleParts(rrule, zone),
    words.atClock(clock, zone),
    duration === null ? '' : words.forLong(duration),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function ruleParts(rrule: string, zone: string): readonly string[] {
  const words = say(WORDS);
  const rule = readRule(rrule);
  if (rule === null) return [rrule];
  const until = rule.until === null ? '' : words.untilThe(toldIn(zone).date(rule.until));
  if (rule.every === 'day') return [words.everyDay(rule.interval), until];
  if (rule.every === 'week') {
    return [words.everyWeek(rule.interval, rule.days.map(weekdayName).join(', ')), until];
  }
  const on =
    'day' in rule
      ? words.onDay(String(rule.day))
      : words.onNth(rule.nth, weekdayName(rule.weekday));
  return [`${words.everyMonth(rule.interval)} ${on}`, until];
}

export function weekdayName(day: Weekday): string {
  return toldIn('UTC').weekday(A_MONDAY + WEEKDAYS.indexOf(day) * 86_400_000);
}
