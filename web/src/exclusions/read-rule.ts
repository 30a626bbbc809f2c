import { type Weekday, WEEKDAYS } from './rule';

/** A rule that can be told in a sentence. */
export type ToldRule = {
  readonly interval: number;
  /** RFC 3339. */
  readonly until: string | null;
} & (
  | { readonly every: 'day' }
  | { readonly every: 'week'; readonly days: readonly Weekday[] }
  | { readonly every: 'month'; readonly day: number }
  | { readonly every: 'month'; readonly nth: number; readonly weekday: Weekday }
);

const UNTIL = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** @returns null for a rule that says more than a sentence can: it is shown as it is written */
export function readRule(text: string): ToldRule | null {
  const parts = new Map(
    text.split(';').map((part) => part.split('=') as [string, string | undefined]),
  );
  const take = (name: string) => {
    const value = parts.get(name);
    parts.delete(name);
    return value;
  };
  const [freq, interval, until] = [take('FREQ'), take('INTERVAL') ?? '1', take('UNTIL')];
  const [byDay, byMonthDay] = [take('BYDAY'), take('BYMONTHDAY')];
  const ends = until === undefined ? null : until.replace(UNTIL, '$1-$2-$3T$4:$5:$6Z');
  if (parts.size > 0 || ends === until) return null;
  const shared = { interval: Number(interval), until: ends };
  if (freq === 'DAILY' && byDay === undefined && byMonthDay === undefined) {
    return { ...shared, every: 'day' };
  }
  if (freq === 'WEEKLY' && byMonthDay === undefined) {
    const days = (byDay ?? '').split(',').filter(isWeekday);
    return days.length === 0 ? null : { ...shared, every: 'week', days };
  }
  return freq === 'MONTHLY' ? monthly(shared, byDay, byMonthDay) : null;
}

function monthly(
  shared: Pick<ToldRule, 'interval' | 'until'>,
  byDay: string | undefined,
  byMonthDay: string | undefined,
): ToldRule | null {
  if (byDay === undefined) {
    return /^\d{1,2}$/.test(byMonthDay ?? '')
      ? { ...shared, every: 'month', day: Number(byMonthDay) }
      : null;
  }
  const [, nth, weekday = ''] = /^(-1|[1-4])([A-Z]{2})$/.exec(byDay) ?? [];
  if (byMonthDay !== undefined || !isWeekday(weekday)) return null;
  return { ...shared, every: 'month', nth: Number(nth), weekday };
}

function isWeekday(text: string): text is Weekday {
  return WEEKDAYS.some((name) => name === text);
}
