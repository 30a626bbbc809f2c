import { type Language, LOCALES } from '../settings/language';

/** Digits that an honest double has: 1 - 0.9 is told as 10 %, not as 9.9 %. */
const HONEST_DIGITS = 12;
/** More say nothing to people. */
const MOST_DECIMALS = 6;
const UNKNOWN = '–';
/** RFC 3339 in UTC, as the service writes instants into its sentences. */
const INSTANT = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z\b/g;

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

type Rounding = 'floor' | 'ceil' | 'halfExpand';

/**
 * Figures as text, in a language and on the clocks of a zone. No rounding makes one look better than
 * it is: what was achieved, covered or is left is rounded down, what was consumed up, as in reports
 * (docs/reports.md). What cannot be known is a dash; the reason stands elsewhere.
 *
 *     new Figures('pt', 'UTC').remaining(0.6852)     68,5%
 */
export class Figures {
  private readonly locale: string;
  private readonly numbers = new Map<string, Intl.NumberFormat>();
  private readonly dates = new Map<string, Intl.DateTimeFormat>();
  private readonly relative: Intl.RelativeTimeFormat;
  private readonly plurals: Intl.PluralRules;

  /** @param timeZone of IANA; that of this machine where it is left out */
  constructor(
    language: Language,
    readonly timeZone?: string,
  ) {
    this.locale = LOCALES[language];
    this.relative = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto', style: 'short' });
    this.plurals = new Intl.PluralRules(this.locale);
  }

  /** With all its digits. */
  objective(ratio: number): string {
    return this.percent(ratio, 'halfExpand', 0, MOST_DECIMALS);
  }

  /** With one decimal more than its objective has, where it is told. */
  sli(ratio: number | null, objective = 0.99): string {
    const digits = Math.min(MOST_DECIMALS, Math.max(2, decimalsOf(objective) + 1));
    return this.percent(ratio, 'floor', digits);
  }

  /** What is left of a budget; signed. */
  remaining(ratio: number | null): string {
    return this.percent(ratio, 'floor', 1);
  }

  /** What was used of a budget. */
  consumed(ratio: number | null): string {
    return this.percent(ratio, 'ceil', 1);
  }

  coverage(ratio: number | null): string {
    return this.percent(ratio, 'floor', 2);
  }

  /** `0.38×`, `14.4×`, `1,000×`: with fewer decimals where they no longer matter. */
  burn(rate: number | null): string {
    if (rate === null) return UNKNOWN;
    const digits = rate >= 100 ? 0 : rate >= 10 ? 1 : 2;
    return `${this.number({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(honest(rate))}×`;
  }

  count(count: number | null, digits = 0): string {
    if (count === null) return UNKNOWN;
    return this.number({ maximumFractionDigits: digits }).format(honest(count));
  }

  /** What is left of a count, such as bad events that are allowed: rounded down, signed. */
  countLeft(count: number | null): string {
    if (count === null) return UNKNOWN;
    return this.number({ maximumFractionDigits: 0, roundingMode: 'floor' }).format(honest(count));
  }

  /** A count that is too much, from 0: rounded up. */
  countOver(count: number): string {
    return this.number({ maximumFractionDigits: 0, roundingMode: 'ceil' }).format(honest(count));
  }

  /** A count more, or less: `+12`, `-67`, `0`. */
  difference(count: number): string {
    const digits = { maximumFractionDigits: 0, signDisplay: 'exceptZero' } as const;
    return this.number(digits).format(honest(count));
  }

  /** `1.2M`, for axes and narrow places. */
  short(count: number | null): string {
    if (count === null) return UNKNOWN;
    return this.number({ notation: 'compact', maximumFractionDigits: 1 }).format(honest(count));
  }

  /** Seconds in their two largest units, signed, cut off: `2h 9m`, `-42s`, `1d 4h`. */
  duration(seconds: number | null): string {
    if (seconds === null) return UNKNOWN;
    const size = Math.floor(Math.abs(honest(seconds)));
    return (seconds < 0 && size > 0 ? '-' : '') + this.span(size);
  }

  /** The same of what is left: rounded down, so that what was spent too much is never told as less. */
  durationLeft(seconds: number | null): string {
    if (seconds === null || seconds >= 0) return this.duration(seconds);
    return `-${this.durationOver(-seconds)}`;
  }

  /** Seconds that were spent too much, from 0: rounded up. */
  durationOver(seconds: number): string {
    const size = Math.ceil(honest(seconds));
    const at = UNITS.findIndex(([, unit]) => size >= unit);
    const [, least] = UNITS[at + 1] ?? (['second', 1] as const);
    return this.span(Math.ceil(size / least) * least);
  }

  /** RFC 3339, or milliseconds since 1970, as date and time. */
  instant(at: string | number | null): string {
    return this.time(at, {
      ...{ year: 'numeric', month: 'short', day: 'numeric' },
      ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });
  }

  /** A sentence of the service, with its instants told as all others are: by the clocks that are chosen. */
  sentence(text: string): string {
    return text.replace(INSTANT, (at) => (Number.isNaN(Date.parse(at)) ? at : this.instant(at)));
  }

  /** With weekday and without year, for what is near: `Sun 29 Nov, 14:05`. */
  nearInstant(at: string | number | null): string {
    return this.time(at, {
      ...{ weekday: 'short', month: 'short', day: 'numeric' },
      ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });
  }

  clock(at: string | number | null): string {
    return this.time(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  }

  date(at: string | number | null): string {
    return this.time(at, { year: 'numeric', month: 'short', day: 'numeric' });
  }

  shortDate(at: string | number | null): string {
    return this.time(at, { month: 'short', day: 'numeric' });
  }

  /** `Sunday`. */
  weekday(at: string | number): string {
    return this.time(at, { weekday: 'long' });
  }

  /** `2026-10` as month and year. */
  month(month: string): string {
    const options = { timeZone: 'UTC', month: 'long', year: 'numeric' } as const;
    return this.dated(options).format(Date.parse(`${month}-01`));
  }

  /** `5 min ago`, `in 3 hr`. */
  ago(at: string | number | null, now: number): string {
    if (at === null) return UNKNOWN;
    const seconds = (millis(at) - now) / 1000;
    const [name, unit] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS[3];
    return this.relative.format(Math.trunc(seconds / unit), name);
  }

  /** The form of a word that goes with a count: `plural(2, { one: 'SLO', other: 'SLOs' })`. */
  plural<Form>(count: number, forms: { readonly one: Form; readonly other: Form }): Form {
    return this.plurals.select(count) === 'one' ? forms.one : forms.other;
  }

  private percent(ratio: number | null, mode: Rounding, least: number, most = least): string {
    if (ratio === null) return UNKNOWN;
    return this.number({
      ...{ style: 'percent', roundingMode: mode, signDisplay: 'negative' },
      ...{ minimumFractionDigits: least, maximumFractionDigits: most },
    }).format(honest(ratio));
  }

  /** @param size whole seconds */
  private span(size: number): string {
    const at = UNITS.findIndex(([, unit]) => size >= unit);
    const [name, unit] = UNITS[at] ?? (['second', 1] as const);
    const next = UNITS[at + 1];
    const whole = this.unit(name, Math.floor(size / unit));
    const rest = next === undefined || at < 0 ? 0 : Math.floor((size % unit) / next[1]);
    return rest === 0 || next === undefined ? whole : `${whole} ${this.unit(next[0], rest)}`;
  }

  private unit(unit: string, count: number): string {
    return this.number({ style: 'unit', unit, unitDisplay: 'narrow' }).format(count);
  }

  private time(at: string | number | null, options: Intl.DateTimeFormatOptions): string {
    if (at === null) return UNKNOWN;
    const { timeZone } = this;
    return this.dated(timeZone === undefined ? options : { ...options, timeZone }).format(
      millis(at),
    );
  }

  private number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return remembered(this.numbers, options, () => new Intl.NumberFormat(this.locale, options));
  }

  private dated(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return remembered(this.dates, options, () => new Intl.DateTimeFormat(this.locale, options));
  }
}

/** Making a format costs more than using it a thousand times. */
function remembered<T>(made: Map<string, T>, options: object, make: () => T): T {
  const key = JSON.stringify(options);
  const found = made.get(key) ?? make();
  made.set(key, found);
  return found;
}

function honest(value: number): number {
  if (Number.isInteger(value)) return value === 0 ? 0 : value;
  return Number(value.toPrecision(HONEST_DIGITS)) || 0;
}

function millis(at: string | number): number {
  return typeof at === 'number' ? at : Date.parse(at);
}

/** Of the ratio as a percentage: 2 of 0.9995. */
function decimalsOf(ratio: number): number {
  const [, decimals = ''] = String(honest(ratio * 100)).split('.');
  return decimals.length;
}
