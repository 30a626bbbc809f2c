import { DateTime, IANAZone } from 'luxon';
import { InvalidValue } from './invalid-value';
import type { Span } from './slo-window';

/** A day of a month, with the instants it spans. */
export interface CalendarDay extends Span {
  /** `2026-10-25`. */
  readonly date: string;
}

/**
 * A month of the calendar in a zone of the tz database: from local midnight on the first to local
 * midnight on the next first, whatever clocks do meanwhile.
 *
 *     CalendarMonth.parse('2026-10', 'Europe/Berlin')      745 hours
 *
 * Where clocks go back over midnight there are two of them: a day begins with the first. Where
 * midnight is skipped, it begins with the first instant there is; a date that a zone skipped as a
 * whole (Apia, 2011-12-30) has no day.
 */
export class CalendarMonth {
  private constructor(
    private readonly year: number,
    private readonly month: number,
    readonly timeZone: string,
  ) {}

  /**
   * @param text `YYYY-MM`
   * @param timeZone an IANA name
   * @throws InvalidValue
   */
  static parse(text: string, timeZone: string): CalendarMonth {
    const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
    if (year === undefined || month === undefined || Number(year) < 1970) {
      throw new InvalidValue('month', text, 'a month such as 2026-10, from 1970-01 on');
    }
    if (!IANAZone.isValidZone(timeZone)) {
      throw new InvalidValue('timeZone', timeZone, 'an IANA time zone such as Europe/Lisbon');
    }
    return new CalendarMonth(Number(year), Number(month), timeZone);
  }

  /** The month that an instant lies in; one on the boundary closes the month before it. */
  static containing(at: number, timeZone: string): CalendarMonth {
    const within = DateTime.fromSeconds(at - 0.001, { zone: timeZone });
    return CalendarMonth.parse(within.toFormat('yyyy-MM'), timeZone);
  }

  /** `2026-10`. */
  get name(): string {
    return `${this.year}-${String(this.month).padStart(2, '0')}`;
  }

  /** Epoch seconds: events of (from, to]. */
  get span(): Span {
    const next = this.plus(1);
    return { from: this.startOfDay(1), to: next.startOfDay(1) };
  }

  /** So many months later, or earlier. */
  plus(months: number): CalendarMonth {
    const index = this.year * 12 + (this.month - 1) + months;
    return new CalendarMonth(Math.floor(index / 12), (index % 12) + 1, this.timeZone);
  }

  /** Its days, without those that the zone skipped. */
  days(): readonly CalendarDay[] {
    const { to } = this.span;
    const { year, month } = this;
    const last = DateTime.fromObject({ year, month }, { zone: 'utc' }).daysInMonth ?? 31;
    const dates = Array.from({ length: last }, (_, k) => k + 1);
    return dates.flatMap((day): readonly CalendarDay[] => {
      const from = this.startOfDay(day);
      const end = day === last ? to : this.startOfDay(day + 1);
      const date = `${this.name}-${String(day).padStart(2, '0')}`;
      return from < end ? [{ date, from, to: end }] : [];
    });
  }

  private startOfDay(day: number): number {
    const { year, month, timeZone } = this;
    const noon = DateTime.fromObject({ year, month, day, hour: 12 }, { zone: timeZone });
    // A skipped date is another one at its noon: it begins where the next one does.
    if (noon.day !== day)
      return DateTime.fromObject({ year, month, day }, { zone: timeZone }).toSeconds();
    const start = noon.startOf('day');
    return (start.getPossibleOffsets()[0] ?? start).toSeconds();
  }
}
