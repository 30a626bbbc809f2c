import fc from 'fast-check';
import {
  type CalendarUnit,
  type SloWindow,
  windowEndingAt,
  windowName,
  windowSeconds,
} from './slo-window';

const HOUR = 3_600;
const DAY = 86_400;

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo', // skipped midnights until 2018
  'America/Havana', // repeats midnight, once on the first of a month
  'Australia/Lord_Howe', // half an hour of summer time
  'Pacific/Apia', // had no 30 December 2011
  'Asia/Kathmandu',
];

function calendar(unit: CalendarUnit, timeZone: string): SloWindow {
  return { kind: 'calendar', unit, timeZone };
}

function at(iso: string): number {
  return Date.parse(iso) / 1000;
}

describe('a rolling window', () => {
  const month: SloWindow = { kind: 'rolling', seconds: 30 * DAY };

  it('is seconds and never calendar days, whatever the clocks do', () => {
    const march = at('2026-04-10T00:00:00Z');
    expect(windowEndingAt(month, march)).toEqual({ from: march - 2_592_000, to: march });
    expect(windowSeconds(month, march)).toBe(2_592_000);
    expect(windowName(month)).toBe('30d');
  });
});

describe('a calendar window', () => {
  it.each<[CalendarUnit, string, string, string, number]>([
    ['month', 'UTC', '2026-11-20T12:00:00Z', '2026-11-01T00:00:00Z', 30 * DAY],
    ['month', 'Europe/Berlin', '2026-11-20T12:00:00Z', '2026-10-31T23:00:00Z', 30 * DAY],
    ['month', 'Europe/Berlin', '2026-03-30T12:00:00Z', '2026-02-28T23:00:00Z', 31 * DAY - HOUR],
    ['month', 'Europe/Berlin', '2026-10-30T12:00:00Z', '2026-09-30T22:00:00Z', 31 * DAY + HOUR],
    ['month', 'UTC', '2028-02-29T12:00:00Z', '2028-02-01T00:00:00Z', 29 * DAY],
    ['week', 'UTC', '2026-11-20T12:00:00Z', '2026-11-16T00:00:00Z', 7 * DAY],
    ['week', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-22T23:00:00Z', 7 * DAY - HOUR],
    ['quarter', 'UTC', '2026-11-20T12:00:00Z', '2026-10-01T00:00:00Z', 92 * DAY],
    [
      'month',
      'Australia/Lord_Howe',
      '2026-10-20T00:00:00Z',
      '2026-09-30T13:30:00Z',
      31 * DAY - HOUR / 2,
    ],
    ['month', 'Pacific/Apia', '2011-12-31T09:00:00Z', '2011-12-01T10:00:00Z', 30 * DAY],
    ['week', 'Pacific/Apia', '2011-12-31T09:00:00Z', '2011-12-26T10:00:00Z', 6 * DAY],
  ])('%s in %s at %s began %s and has %d s', (unit, zone, instant, from, seconds) => {
    const window = calendar(unit, zone);
    expect(windowEndingAt(window, at(instant))).toEqual({ from: at(from), to: at(instant) });
    expect(windowSeconds(window, at(instant))).toBe(seconds);
    expect(windowName(window)).toBe(unit);
  });

  it('ends on its boundary: the first instant of a month closes the month before', () => {
    const window = calendar('month', 'Europe/Berlin');
    const boundary = at('2026-10-31T23:00:00Z');
    expect(windowEndingAt(window, boundary)).toEqual({
      from: at('2026-09-30T22:00:00Z'),
      to: boundary,
    });
    expect(windowSeconds(window, boundary)).toBe(31 * DAY + HOUR);
    expect(windowEndingAt(window, boundary + 60)).toEqual({ from: boundary, to: boundary + 60 });
  });

  it('month by month is what walking through the instants of the zone gives', () => {
    const instants = fc.integer({
      min: at('2005-01-01T00:00:00Z'),
      max: at('2035-01-01T00:00:00Z'),
    });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, second) => {
        const instant = Math.floor(second / 60) * 60;
        const window = calendar('month', zone);
        const { from } = windowEndingAt(window, instant);
        // (from, instant] lies within one month, and the minute before it within another.
        const name = monthIn(zone, instant - 1);
        expect(monthIn(zone, from)).toBe(name);
        expect(firstMinuteOf(zone, instant)).toBe(from);
        expect(firstMinuteOf(zone, from + windowSeconds(window, instant))).toBe(from);
        expect(monthIn(zone, from + windowSeconds(window, instant))).not.toBe(name);
      }),
    );
  });

  it('in Havana November 2015 began at the first of its two midnights', () => {
    const window = calendar('month', 'America/Havana');
    const first = at('2015-11-01T04:00:00Z');
    for (const minutes of [1, 59, 60, 61, 600]) {
      expect(windowEndingAt(window, first + minutes * 60).from).toBe(first);
    }
    expect(windowEndingAt(window, first).from).toBe(at('2015-10-01T04:00:00Z'));
    expect(windowSeconds(window, first)).toBe(31 * DAY);
  });
});

const FORMATS = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric' }),
  ]),
);

function monthIn(zone: string, instant: number): string {
  return FORMATS.get(zone)?.format(instant * 1000) ?? '';
}

/** The boundary before the month that holds the minute before `instant`, found by halving. */
function firstMinuteOf(zone: string, instant: number): number {
  const name = monthIn(zone, instant - 1);
  let [outside, inside] = [instant - 32 * DAY, instant - 60];
  while (inside - outside > 60) {
    const middle = Math.floor((outside + inside) / 120) * 60;
    if (monthIn(zone, middle) === name) inside = middle;
    else outside = middle;
  }
  return inside;
}
