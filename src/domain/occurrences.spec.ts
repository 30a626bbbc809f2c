import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { RepeatedlyExcluded } from './exclusion';
import { occurrencesOf } from './occurrences';
import { readWhen } from './written-exclusion';

const HOUR = 3_600;
const DAY = 24 * HOUR;

function at(text: string): number {
  return Date.parse(text) / 1000;
}

function told(text: Parameters<typeof readWhen>[0], from: string, to: string): readonly string[] {
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16);
  return occurrencesOf(readWhen(text), { from: at(from), to: at(to) }).map(
    (span) => `${iso(span.from)} ${iso(span.to)}`,
  );
}

const berlin = { duration: '2h', timeZone: 'Europe/Berlin' };

describe('recurring exclusions', () => {
  it('begin at the same time of day, winter and summer', () => {
    const sundays = { ...berlin, from: '2026-03-15T02:00:00+01:00', rrule: 'FREQ=WEEKLY;BYDAY=SU' };
    expect(told(sundays, '2026-03-01T00:00:00Z', '2026-04-06T00:00:00Z')).toEqual([
      '2026-03-15T01:00 2026-03-15T03:00',
      '2026-03-22T01:00 2026-03-22T03:00',
      // 02:00 does not exist on the 29th: clocks go from 02:00 to 03:00.
      '2026-03-29T01:00 2026-03-29T03:00',
      '2026-04-05T00:00 2026-04-05T02:00',
    ]);
  });

  it('begin with the first of two hours of the same name', () => {
    const nights = { ...berlin, from: '2026-10-24T02:30:00+02:00', rrule: 'FREQ=DAILY' };
    expect(told(nights, '2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z')).toEqual([
      '2026-10-24T00:30 2026-10-24T02:30',
      '2026-10-25T00:30 2026-10-25T02:30',
      '2026-10-26T01:30 2026-10-26T03:30',
    ]);
  });

  it.each([
    [
      'the last Sunday of a month',
      'FREQ=MONTHLY;BYDAY=-1SU',
      ['2026-09-27T04:00', '2026-10-25T04:00'],
    ],
    ['the 31st of a month that has one', 'FREQ=MONTHLY;BYMONTHDAY=31', ['2026-10-31T04:00']],
    ['so often', 'FREQ=DAILY;COUNT=2', ['2026-09-02T04:00', '2026-09-03T04:00']],
    [
      'until an instant',
      'FREQ=DAILY;UNTIL=20260903T040000Z',
      ['2026-09-02T04:00', '2026-09-03T04:00'],
    ],
    [
      'several times a day',
      'FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;BYHOUR=4,16',
      ['2026-10-01T04:00', '2026-10-01T16:00'],
    ],
  ])('come on %s', (_, rrule, begins) => {
    const text = { from: '2026-09-02T04:00:00Z', rrule, duration: '1h' };
    const all = told(text, '2026-08-01T00:00:00Z', '2026-11-15T00:00:00Z');
    expect(all.map((line) => line.slice(0, 16))).toEqual(begins);
  });

  it('are found where they reach into a span from before it, and nowhere before their beginning', () => {
    const text = { from: '2026-10-10T22:00:00Z', rrule: 'FREQ=DAILY', duration: '1d6h' };
    expect(told(text, '2026-10-12T03:00:00Z', '2026-10-12T03:05:00Z')).toHaveLength(2);
    expect(told(text, '2026-10-11T21:00:00Z', '2026-10-11T21:05:00Z')).toHaveLength(1);
    expect(told(text, '2026-10-01T00:00:00Z', '2026-10-10T22:00:00Z')).toEqual([]);
  });

  it('by day and by week are what a calendar says, whatever clocks do', () => {
    const zones = fc.constantFrom(
      ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata'],
      ...['Australia/Lord_Howe', 'Pacific/Chatham', 'Pacific/Apia', 'Africa/Casablanca'],
    );
    const minute = fc.integer({
      min: at('2024-01-01T00:00:00Z') / 60,
      max: at('2026-06-01T00:00:00Z') / 60,
    });
    fc.assert(
      fc.property(
        zones,
        minute,
        fc.constantFrom(1, 7),
        fc.integer({ min: 0, max: 800 }),
        (timeZone, minutes, days, later) => {
          const when: RepeatedlyExcluded = {
            kind: 'recurring',
            from: minutes * 60,
            durationSeconds: 2 * HOUR,
            rrule: days === 1 ? 'FREQ=DAILY' : 'FREQ=WEEKLY',
            timeZone,
          };
          const from = when.from + later * DAY;
          const within = { from, to: from + 60 * DAY };
          const first = DateTime.fromSeconds(when.from, { zone: timeZone });
          const wanted: number[] = [];
          for (let n = 0; ; n += days) {
            // Day by day on the calendar, each with the time of day of the first.
            const local = first.plus({ days: n });
            const begins = Math.min(
              ...local.getPossibleOffsets().map((possible) => possible.toSeconds()),
            );
            if (begins >= within.to) break;
            if (begins + when.durationSeconds > within.from) wanted.push(begins);
          }
          expect(occurrencesOf(when, within).map((span) => span.from)).toEqual(wanted);
        },
      ),
      { numRuns: 200 },
    );
  });
});
