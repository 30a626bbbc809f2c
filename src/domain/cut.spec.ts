import fc from 'fast-check';
import { anyWrittenExclusion } from '../../test/support/any-exclusion';
import { cutsOf, touchedBy } from './cut';
import type { Treatment } from './exclusion';
import { occurrencesOf } from './occurrences';

const MINUTE = 60;
const GRID = 5 * MINUTE;
const DAY = 86_400;
const START = Date.UTC(2026, 9, 1) / 1000;

function once(from: number, to: number, treatment: Treatment = 'drop') {
  const when = { kind: 'once', from: START + from * MINUTE, to: START + to * MINUTE } as const;
  return { when, treatment };
}

/** Minutes since the start, with what becomes of them. */
function told(...exclusions: readonly ReturnType<typeof once>[]): readonly string[] {
  return cutsOf(exclusions, { from: START, to: START + DAY }, GRID).map(
    ({ from, to, treatment }) => `${(from - START) / 60}-${(to - START) / 60} ${treatment}`,
  );
}

describe('what exclusions cut out of a span', () => {
  it('is rounded outward to the grid', () => {
    expect(told(once(123, 178))).toEqual(['120-180 drop']);
    expect(told(once(120, 180))).toEqual(['120-180 drop']);
    const hours = cutsOf([once(123, 178)], { from: START, to: START + DAY }, 3_600);
    expect(hours).toEqual([{ from: START + 7_200, to: START + 10_800, treatment: 'drop' }]);
  });

  it('is their union', () => {
    expect(told(once(0, 60), once(30, 90), once(90, 95), once(10, 20), once(200, 205))).toEqual([
      '0-95 drop',
      '200-205 drop',
    ]);
  });

  it('is dropped where both are said', () => {
    const drop = [once(30, 40), once(60, 90)];
    const good = once(0, 120, 'countGood');
    const wanted = [
      '0-30 countGood',
      '30-40 drop',
      '40-60 countGood',
      '60-90 drop',
      '90-120 countGood',
    ];
    expect(told(good, ...drop)).toEqual(wanted);
    expect(told(...drop, good)).toEqual(wanted);
    expect(told(once(0, 120), once(30, 60, 'countGood'))).toEqual(['0-120 drop']);
  });

  it('ends with the span, also off the grid', () => {
    const within = { from: START + 7 * MINUTE, to: START + 18 * MINUTE };
    expect(cutsOf([once(-30, 9), once(16, 40)], within, GRID)).toEqual([
      { from: START + 7 * MINUTE, to: START + 10 * MINUTE, treatment: 'drop' },
      { from: START + 15 * MINUTE, to: START + 18 * MINUTE, treatment: 'drop' },
    ]);
    // 18 to 20 is rounded into what an exclusion from 19 on touches.
    expect(cutsOf([once(19, 40)], within, GRID)).toHaveLength(1);
  });

  it('is what asking for every five minutes says', () => {
    fc.assert(
      fc.property(
        fc.array(anyWrittenExclusion, { maxLength: 5 }),
        fc.integer({ min: 0, max: 360 }),
        fc.constantFrom(GRID, 600, 4_800),
        (exclusions, day, grid) => {
          const within = {
            from: Date.UTC(2026, 0, 1 + day) / 1000,
            to: Date.UTC(2026, 0, 4 + day) / 1000,
          };
          const cuts = cutsOf(exclusions, within, grid);
          for (let from = within.from; from < within.to; from += grid) {
            const here = exclusions.filter(
              ({ when }) => occurrencesOf(when, { from, to: from + grid }).length > 0,
            );
            const wanted = here.some(({ treatment }) => treatment === 'drop')
              ? 'drop'
              : here[0]?.treatment;
            const holding = cuts.filter((cut) => cut.from <= from && cut.to >= from + grid);
            expect(holding.map(({ treatment }) => treatment)).toEqual(
              wanted === undefined ? [] : [wanted],
            );
          }
          const seconds = cuts.reduce((sum, { from, to }) => sum + to - from, 0);
          expect(seconds).toBeLessThanOrEqual(within.to - within.from);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what touched a span', () => {
  it('is told from its first time to its last, as rounded', () => {
    const when = {
      kind: 'recurring',
      from: START + 3 * MINUTE,
      durationSeconds: 3_600,
      rrule: 'FREQ=DAILY',
      timeZone: 'UTC',
    } as const;
    const week = { from: START + DAY, to: START + 8 * DAY };
    expect(touchedBy({ when }, week, GRID)).toEqual({
      from: START + DAY,
      to: START + 7 * DAY + 65 * MINUTE,
      occurrences: 7,
      seconds: 7 * 65 * MINUTE,
    });
    const late = { from: START + DAY + 60 * MINUTE, to: START + DAY + 70 * MINUTE };
    expect(touchedBy({ when }, late, GRID)).toMatchObject({ occurrences: 1, seconds: 300 });
    expect(touchedBy({ when }, { from: START - DAY, to: START }, GRID)).toBeNull();
  });
});
