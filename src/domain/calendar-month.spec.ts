import { DateTime } from 'luxon';
import { CalendarMonth } from './calendar-month';

const HOUR = 3_600;

function hours(text: string, zone: string): number {
  const { from, to } = CalendarMonth.parse(text, zone).span;
  return (to - from) / HOUR;
}

function iso(at: number): string {
  return new Date(at * 1000).toISOString();
}

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Lisbon',
  'America/New_York',
  'America/Santiago',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Cairo',
  'Atlantic/Azores',
];

describe('a month of the calendar', () => {
  it.each([
    ['2026-10', 'UTC', 744],
    ['2026-02', 'UTC', 672],
    ['2028-02', 'UTC', 696],
    ['2026-03', 'Europe/Berlin', 743],
    ['2026-10', 'Europe/Berlin', 745],
    ['2026-03', 'America/New_York', 743],
    ['2026-11', 'America/New_York', 721],
    ['2026-09', 'America/Santiago', 719],
    ['2026-04', 'America/Santiago', 721],
    ['2026-04', 'Australia/Lord_Howe', 720.5],
    ['2026-10', 'Australia/Lord_Howe', 743.5],
    ['2026-10', 'Asia/Kathmandu', 744],
    ['2011-12', 'Pacific/Apia', 720],
  ])('%s in %s has %d hours', (month, zone, expected) => {
    expect(hours(month, zone)).toBe(expected);
  });

  it('begins at local midnight', () => {
    const { from, to } = CalendarMonth.parse('2026-10', 'Asia/Kathmandu').span;
    expect([iso(from), iso(to)]).toEqual(['2026-09-30T18:15:00.000Z', '2026-10-31T18:15:00.000Z']);
  });

  it.each(ZONES)('adds up to the year in %s, and its days to the month', (zone) => {
    for (const year of [2011, 2024, 2026]) {
      const months = Array.from({ length: 12 }, (_, k) =>
        CalendarMonth.parse(`${year}-${String(k + 1).padStart(2, '0')}`, zone),
      );
      const begins = DateTime.fromObject({ year }, { zone }).toSeconds();
      const ends = DateTime.fromObject({ year: year + 1 }, { zone }).toSeconds();
      const sum = months.reduce((total, { span }) => total + span.to - span.from, 0);
      expect(sum).toBe(ends - begins);
      for (const month of months) {
        const days = month.days();
        expect(days[0]?.from).toBe(month.span.from);
        expect(days.at(-1)?.to).toBe(month.span.to);
        days.forEach((day, k) => {
          if (k > 0) expect(day.from).toBe(days[k - 1]?.to);
        });
        // History is kept on this grid.
        expect(days.every(({ from }) => from % 300 === 0)).toBe(true);
      }
    }
  });

  it('adds up to the year in every zone of the tz database', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    expect(zones.length).toBeGreaterThan(400);
    const wrong = zones.filter((zone) => {
      const first = CalendarMonth.parse('2026-01', zone);
      const months = Array.from({ length: 12 }, (_, k) => first.plus(k).span);
      const hours = months.reduce((sum, { from, to }) => sum + to - from, 0) / HOUR;
      const year =
        first.plus(12).span.from - DateTime.fromObject({ year: 2026 }, { zone }).toSeconds();
      const seamless = months.every(({ from }, k) => k === 0 || from === months[k - 1]?.to);
      return hours !== year / HOUR || !seamless || months.some(({ from }) => from % 300 !== 0);
    });
    expect(wrong).toEqual([]);
  });

  it('has no day where the zone skipped the date', () => {
    const dates = CalendarMonth.parse('2011-12', 'Pacific/Apia').days();
    expect(dates).toHaveLength(30);
    expect(dates.map(({ date }) => date)).not.toContain('2011-12-30');
  });

  it('knows the months before and after it', () => {
    const month = CalendarMonth.parse('2026-01', 'UTC');
    expect([-1, 1, 12, -13].map((months) => month.plus(months).name)).toEqual([
      '2025-12',
      '2026-02',
      '2027-01',
      '2024-12',
    ]);
  });

  it('holds the instants behind its beginning, up to its end', () => {
    const { from, to } = CalendarMonth.parse('2026-10', 'Europe/Berlin').span;
    const named = (at: number) => CalendarMonth.containing(at, 'Europe/Berlin').name;
    expect([from, from + 1, to, to + 1].map(named)).toEqual([
      '2026-09',
      '2026-10',
      '2026-10',
      '2026-11',
    ]);
  });

  it.each(['2026-13', '2026-1', '26-10', '1969-12', '', '2026-10-01'])('%j is none', (text) => {
    expect(() => CalendarMonth.parse(text, 'UTC')).toThrow(
      `month is ${JSON.stringify(text)}, allowed: a month such as 2026-10, from 1970-01 on`,
    );
  });

  it('wants a zone that there is', () => {
    expect(() => CalendarMonth.parse('2026-10', 'Europe/Atlantis')).toThrow(
      'timeZone is "Europe/Atlantis", allowed: an IANA time zone such as Europe/Lisbon',
    );
  });
});
