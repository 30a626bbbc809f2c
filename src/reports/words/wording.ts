import { DateTime } from 'luxon';
import type { Report } from '../report';
import { EN, type Words } from './en';
import type { Language } from './language';
import { PT } from './pt';

const WORDS: Readonly<Record<Language, Words>> = { en: EN, pt: PT };

/** Digits that an honest double has: 1 - 0.9 is told as 10 %, not as 9.9 %. */
const HONEST_DIGITS = 12;

/**
 * A report's words and figures as text, in a language and the report's time zone. What cannot be known
 * is told as such. No rounding makes a figure look better than it is: 99.9999 % is not told as 100 %, a
 * missed objective not as achieved.
 *
 *     new Wording('pt', report).sli(0.9949999)     99,499%
 */
export class Wording {
  readonly words: Words;
  private readonly zone: string;
  private readonly plain: Intl.NumberFormat;
  private readonly exact: Intl.NumberFormat;
  private readonly achieved: Intl.NumberFormat;
  private readonly covered: Intl.NumberFormat;
  private readonly left: Intl.NumberFormat;
  private readonly used: Intl.NumberFormat;
  private readonly points: Intl.NumberFormat;
  private readonly times: Intl.NumberFormat;
  private readonly hours: Intl.NumberFormat;
  private readonly minutes: Intl.NumberFormat;
  private readonly tenths: Intl.NumberFormat;
  private readonly instants: Intl.DateTimeFormat;
  private readonly dates: Intl.DateTimeFormat;
  private readonly shortDates: Intl.DateTimeFormat;
  private readonly months: Intl.DateTimeFormat;

  constructor(
    readonly language: Language,
    { timeZone, from, to }: Pick<Report, 'timeZone' | 'from' | 'to'>,
  ) {
    this.words = WORDS[language];
    this.zone = timeZone;
    const { locale } = this.words;
    const numbers = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
    const percent = (digits: number, roundingMode: 'floor' | 'ceil' | 'halfExpand') =>
      numbers({
        ...{ style: 'percent', roundingMode, signDisplay: 'negative' },
        ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
      });
    const unit = (name: string, digits: number) =>
      numbers({
        ...{ style: 'unit', unit: name, unitDisplay: 'short' },
        maximumFractionDigits: digits,
      });
    const times = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
    this.plain = numbers({ maximumFractionDigits: 2 });
    this.exact = numbers({ style: 'percent', maximumFractionDigits: 6 });
    this.achieved = percent(3, 'floor');
    this.covered = percent(2, 'floor');
    this.left = percent(1, 'floor');
    this.used = percent(1, 'ceil');
    this.points = numbers({ maximumFractionDigits: 3, signDisplay: 'exceptZero' });
    this.times = numbers({ maximumFractionDigits: 1 });
    this.hours = unit('hour', 0);
    this.minutes = unit('minute', 0);
    this.tenths = unit('minute', 1);
    this.instants = times({
      ...{ timeZone, year: 'numeric', month: 'short', day: 'numeric' },
      ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
      // In a month of a clock change an hour may come twice.
      ...(offsetAt(from, timeZone) === offsetAt(to, timeZone)
        ? {}
        : { timeZoneName: 'shortOffset' as const }),
    });
    this.dates = times({ timeZone: 'UTC', dateStyle: 'medium' });
    this.shortDates = times({ timeZone: 'UTC', day: 'numeric', month: 'short' });
    this.months = times({ timeZone: 'UTC', month: 'long', year: 'numeric' });
  }

  count(count: number | null): string {
    return this.known(count, (value) => this.plain.format(value));
  }

  /** With all its digits. */
  objective(ratio: number): string {
    return this.exact.format(honest(ratio));
  }

  sli(ratio: number | null): string {
    return this.known(ratio, (value) => this.achieved.format(value));
  }

  coverage(ratio: number): string {
    return this.covered.format(honest(ratio));
  }

  /** What is left of a budget; signed. */
  remaining(ratio: number | null): string {
    return this.known(ratio, (value) => this.left.format(value));
  }

  /** What was used of a budget. */
  consumed(ratio: number | null): string {
    return this.known(ratio, (value) => this.used.format(value));
  }

  /** In percentage points, signed; of a difference of ratios. */
  change(difference: number | null): string {
    return this.known(
      difference,
      (value) => `${this.points.format(honest(value * 100))} ${this.words.percentagePoints}`,
    );
  }

  burnRate(rate: number): string {
    return `${this.times.format(honest(rate))}×`;
  }

  /** `43.2 mins`, `3 hrs 36 mins`; signed. */
  duration(minutes: number | null): string {
    return this.known(minutes, (value) => {
      if (Math.abs(value) < 60) return this.tenths.format(value);
      const whole = Math.round(Math.abs(value));
      const [hours, rest] = [Math.floor(whole / 60) * Math.sign(value), whole % 60];
      return rest === 0
        ? this.hours.format(hours)
        : `${this.hours.format(hours)} ${this.minutes.format(rest)}`;
    });
  }

  /** RFC 3339 as date and time of the report's zone. */
  instant(at: string): string {
    return this.instants.format(Date.parse(at));
  }

  /** `2026-10-25` as a date. */
  date(date: string): string {
    return this.dates.format(Date.parse(date));
  }

  /** Without its year. */
  shortDate(date: string): string {
    return this.shortDates.format(Date.parse(date));
  }

  /** `2026-10` as month and year. */
  month(month: string): string {
    return this.months.format(Date.parse(`${month}-01`));
  }

  /** RFC 3339 as clocks in the report's zone showed it, kept as if that were UTC. */
  wallClock(at: string): Date {
    return DateTime.fromISO(at, { zone: this.zone })
      .setZone('utc', { keepLocalTime: true })
      .toJSDate();
  }

  private known(value: number | null, text: (value: number) => string): string {
    return value === null ? this.words.noData : text(honest(value));
  }
}

function honest(value: number): number {
  if (Number.isInteger(value)) return value === 0 ? 0 : value;
  const rounded = Number(value.toPrecision(HONEST_DIGITS));
  return rounded === 0 ? 0 : rounded;
}

function offsetAt(at: string, zone: string): number {
  return DateTime.fromISO(at, { zone }).offset;
}
