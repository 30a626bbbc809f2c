import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith, uptimeWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { type Forecast, Forecasts, type Outlook } from './forecasts';
import { LedgerFigurer } from './ledger-figurer';

const GRID = 300;
const HOUR = 3_600;
const DAY = 86_400;
const START = Date.parse('2026-10-01T00:00:00Z') / 1000;
const week = { kind: 'rolling', seconds: 7 * DAY } as const;

async function forecastOf(
  slo: Slo,
  fill: (stream: HandFilled) => HandFilled,
  asked: { readonly burnSeconds?: number; readonly backTo?: number; readonly scale?: bigint } = {},
): Promise<Forecast> {
  const ledger = new MemoryLedger();
  const { scale = 1n, burnSeconds = HOUR, backTo = 0 } = asked;
  const at = fill(ledger.begin(slo, START, { scale })).end;
  const forecasts = new Forecasts(new LedgerFigurer(ledger, new MemoryDefinitionHistory()));
  const forecast = await forecasts.ask({ slo, group: null, at, burnSeconds, backTo });
  if (forecast === null) throw new Error('the whole SLO is known');
  return forecast;
}

async function outlookOf(
  ...of: Parameters<typeof forecastOf>
): Promise<Outlook & Pick<Forecast, 'figures'>> {
  const { outlook, figures } = await forecastOf(...of);
  if (outlook.kind === 'unknown') throw new Error(outlook.reason);
  return { ...outlook, figures };
}

/** Of a week with 1 000 events every five minutes, bad ones on its second day and in its last hours. */
function weekWith(secondDay: number, lastHours: number, hours = 1) {
  return (stream: HandFilled): HandFilled => {
    const step = (until: number, bad: number) =>
      stream.until(until, GRID, { good: 1_000 - bad, bad });
    step(START + DAY, 0);
    step(START + 2 * DAY, secondDay);
    step(START + 7 * DAY - hours * HOUR, 0);
    return step(START + 7 * DAY, lastHours);
  };
}

/** 1 % of 7 x 288 000 events. */
const slo = sloWith({ objective: '0.99', window: week });
const ALLOWED = 20_160;

describe('a forecast', () => {
  it('goes on with the burn and the mean traffic of the window', async () => {
    // 30 of 1 000 burn at 3: 8 640 a day; 360 are spent, and nothing leaves for a day.
    const outlook = await outlookOf(slo, weekWith(0, 30));
    expect(outlook.eventsPerSecond).toBeCloseTo(1_000 / 300, 9);
    expect(outlook.course.burn?.burnRate).toBe(3);
    const days = ((outlook.course.exhaustedAt ?? 0) - outlook.figures.at) / DAY;
    expect(days).toBeCloseTo((ALLOWED - 360) / 8_640, 6);
    expect(outlook.end.remainingRatio).toBeCloseTo(1 - 3, 6);
  });

  it('takes off what leaves meanwhile', async () => {
    // 288 x 50 = 14 400 leave on the second day, faster than 8 640 a day come: 360 + 14 400 now,
    // 23 400 after a day, which is more than 20 160.
    const spent = await outlookOf(slo, weekWith(50, 30));
    const days = ((spent.course.exhaustedAt ?? 0) - spent.figures.at) / DAY;
    expect(days).toBeCloseTo((ALLOWED - 14_760) / 8_640, 6);
    // At 12 of 1 000, 3 456 come a day: 14 544 + 3 456 = 18 000 after one, 7 056 after two.
    const saved = await outlookOf(slo, weekWith(50, 12));
    const after = ((saved.course.exhaustedAt ?? 0) - saved.figures.at) / DAY;
    expect(after).toBeCloseTo(2 + (ALLOWED - 7_056) / 3_456, 6);
    expect(saved.leaving).toEqual([
      {
        happened: { from: START + DAY, to: START + 1.25 * DAY },
        leaves: { from: saved.figures.at + DAY, to: saved.figures.at + 1.25 * DAY },
        bad: 3_600,
      },
      expect.objectContaining({ bad: 3_600 }),
      expect.objectContaining({ bad: 3_600 }),
      expect.objectContaining({ bad: 3_600 }),
    ]);
  });

  it('of a spent budget says when it is back, with and without more bad events', async () => {
    // 28 800 and 12 spent of 20 160; burning at 0.1, 288 come a day.
    const { course, calm, backAt, figures } = await outlookOf(slo, weekWith(100, 1), {
      backTo: 0.5,
    });
    const inDays = (at: number | null) => ((at ?? 0) - figures.at) / DAY;
    expect(course.exhaustedAt).toBe(figures.at);
    expect(inDays(course.recoveredAt)).toBeCloseTo(
      1 + (28_812 + 288 - ALLOWED) / (28_800 - 288),
      6,
    );
    expect(inDays(calm.recoveredAt)).toBeCloseTo(1 + (28_812 - ALLOWED) / 28_800, 6);
    expect(inDays(backAt)).toBeCloseTo(1 + (28_812 + 288 - ALLOWED / 2) / (28_800 - 288), 6);
  });

  it('compares an hour, six hours and a day', async () => {
    const { courses } = await outlookOf(slo, weekWith(0, 30, 6), { burnSeconds: 300 });
    expect(courses.map(({ burn }) => [burn?.windowSeconds, burn?.burnRate])).toEqual([
      [300, 3],
      [HOUR, 3],
      [6 * HOUR, 3],
      [DAY, 0.75],
    ]);
    expect(courses.map(({ exhaustedAt }) => exhaustedAt !== null)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('of an SLO younger than its window goes by what it has counted', async () => {
    // An hour old: 1 440 events a day, 1 % of 12 000 is allowed so far and 60 are spent, at burn 0.5.
    const { course, eventsPerSecond } = await outlookOf(slo, (stream) =>
      stream.until(START + HOUR, GRID, { good: 995, bad: 5 }),
    );
    expect(eventsPerSecond).toBeCloseTo(1_000 / 300, 9);
    expect(course.exhaustedAt).toBeNull();
  });

  it('of a calendar month ends with it, and says what the whole month comes to', async () => {
    const month = { kind: 'calendar', unit: 'month', timeZone: 'UTC' } as const;
    const { course, leaving, projected, figures } = await outlookOf(
      sloWith({ objective: '0.99', window: month }),
      (stream) => {
        stream.until(START + 10 * DAY - HOUR, GRID, { good: 1_000 });
        return stream.until(START + 10 * DAY, GRID, { good: 700, bad: 300 });
      },
    );
    // So far 28 800 are allowed and 3 600 are spent; 86 400 bad and 2 880 allowed ones come a day.
    expect(((course.exhaustedAt ?? 0) - figures.at) / DAY).toBeCloseTo(
      25_200 / (86_400 - 2_880),
      6,
    );
    expect(leaving).toEqual([]);
    expect(projected?.endsAt).toBe(START + 31 * DAY);
    expect(projected?.allowedBad).toBeCloseTo(31 * 2_880, 6);
    expect(projected?.bad).toBeCloseTo(3_600 + 21 * 86_400, 6);
    expect(((projected?.exhaustedAt ?? 0) - figures.at) / DAY).toBeCloseTo(
      (31 * 2_880 - 3_600) / 86_400,
      6,
    );
  });

  it('of time knows its traffic, whatever part of it was seen', async () => {
    const uptime = uptimeWith({ objective: '0.9', window: week, noData: 'bad' });
    const { eventsPerSecond, course } = await outlookOf(
      uptime,
      (stream) =>
        stream
          .until(START + 6 * DAY, GRID, { good: 300_000 })
          .missing(START + 6.5 * DAY, GRID)
          .until(START + 7 * DAY, GRID, { good: 150_000, bad: 150_000 }),
      { scale: 1000n },
    );
    expect(eventsPerSecond).toBeCloseTo(1, 9);
    // Half of a tenth of a week is missing and half a day was half bad: 0.75 of 0.7 days are spent.
    expect(course.exhaustedAt).not.toBeNull();
    expect(course.recoveredAt).toBeNull();
  });

  it.each<readonly [string, (stream: HandFilled) => HandFilled, RegExp]>([
    [
      'nothing happened',
      (stream) => stream.until(START + DAY, GRID, { good: 0 }),
      /no event was counted/,
    ],
    ['nothing was seen', (stream) => stream.missing(START + DAY, GRID), /the source was not seen/],
    [
      'the burn is not known',
      (stream) => stream.until(START + DAY, GRID, { good: 10 }).missing(START + DAY + HOUR, GRID),
      /0 % of the last 1h/,
    ],
  ])('is none where %s, and says so', async (_, fill, reason) => {
    const { outlook } = await forecastOf(slo, fill);
    expect(outlook).toEqual({ kind: 'unknown', reason: expect.stringMatching(reason) as string });
  });
});
