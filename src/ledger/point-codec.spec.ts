import * as fc from 'fast-check';
import type { Point } from '../domain/point';
import { DAY_SECONDS, GRID_SECONDS, LAST_GRID_INDEX } from './grid';
import { type PackedDay, lastPackedPoint, movedBase, packDay, unpackDay } from './point-codec';

const DAY = 20_000 * DAY_SECONDS;

/** A step's counts, and how many places of the grid it takes. */
const steps = fc.array(
  fc.record({
    places: fc.oneof({ weight: 20, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 40 })),
    good: fc.oneof(fc.bigInt(0n, 20_000n), fc.bigInt(0n, 2n ** 60n)),
    bad: fc.oneof(fc.bigInt(0n, 30n), fc.bigInt(0n, 2n ** 60n)),
    uncovered: fc.oneof(
      { weight: 8, arbitrary: fc.constant(0) },
      fc.integer({ min: -900, max: 300 }),
    ),
  }),
  { maxLength: 400 },
);
const bases = fc.record({
  first: fc.integer({ min: -700, max: LAST_GRID_INDEX }),
  good: fc.bigInt(-(2n ** 62n), 2n ** 62n),
  bad: fc.bigInt(-(2n ** 50n), 2n ** 50n),
  coveredSeconds: fc.integer({ min: -(2 ** 31), max: 2 ** 31 }),
});
const days = fc.tuple(bases, steps).map(([base, chosen]) => {
  const points: Point[] = [
    {
      at: DAY + base.first * GRID_SECONDS,
      good: base.good,
      total: base.good + base.bad,
      coveredSeconds: base.coveredSeconds,
    },
  ];
  let place = Math.max(base.first, 0);
  for (const step of chosen) {
    place += step.places;
    const before = points.at(-1);
    if (place > LAST_GRID_INDEX || before === undefined) break;
    const at = DAY + place * GRID_SECONDS;
    points.push({
      at,
      good: before.good + step.good,
      total: before.total + step.good + step.bad,
      coveredSeconds: before.coveredSeconds + Math.max(0, at - before.at - step.uncovered),
    });
  }
  return points;
});

describe('a packed day', () => {
  it('unpacks to the points that were packed', () => {
    fc.assert(
      fc.property(days, (points) => {
        expect(unpackDay(DAY, packDay(DAY, points))).toEqual(points);
      }),
    );
  });

  it('answers with the last point at or before an instant', () => {
    const instants = fc.integer({ min: DAY - DAY_SECONDS, max: DAY + 2 * DAY_SECONDS });
    fc.assert(
      fc.property(days, instants, (points, at) => {
        const expected = points.findLast((point) => point.at <= at) ?? null;
        expect(lastPackedPoint(DAY, packDay(DAY, points), at)).toEqual(expected);
      }),
    );
  });

  it('moves as a whole by its base', () => {
    const shift = { good: -5n, total: -3n, coveredSeconds: 60 };
    fc.assert(
      fc.property(days, (points) => {
        const packed = packDay(DAY, points);
        const moved: PackedDay = { ...packed, base: movedBase(packed, shift) };
        expect(unpackDay(DAY, moved)).toEqual(
          points.map((point) => ({
            at: point.at,
            good: point.good - 5n,
            total: point.total - 3n,
            coveredSeconds: point.coveredSeconds + 60,
          })),
        );
      }),
    );
  });

  it('is written as documented', () => {
    const at = (place: number, good: bigint, total: bigint, coveredSeconds: number): Point => ({
      at: DAY + place * GRID_SECONDS,
      good,
      total,
      coveredSeconds,
    });
    const packed = packDay(DAY, [
      at(0, 1000n, 1010n, 0),
      at(1, 1300n, 1312n, 300), // 300 good, 2 bad, covered
      at(2, 1301n, 1313n, 540), // 1 good, 0 bad, 60 s uncovered
      at(5, 1302n, 1314n, 1440), // 1 good, 0 bad, two places left out, covered
    ]);
    expect(packed.first).toBe(0);
    expect([...packed.entries]).toEqual([4, 0xac, 2, 0xf3, 1, 0, 1, 1, 2, 0, 1]);
  });

  it.each([
    { kind: 'an idle day', good: 0n, bad: 0n, bytes: 2 },
    { kind: '300 000 requests, 0.1 % bad', good: 1_000n, bad: 1n, bytes: 3 },
    { kind: '5 million requests, 0.2 % bad', good: 17_000n, bad: 35n, bytes: 4 },
    { kind: 'seconds of availability by the thousandth', good: 300_000n, bad: 0n, bytes: 4 },
  ])('takes $bytes bytes a point: $kind', ({ good, bad, bytes }) => {
    const points = Array.from({ length: LAST_GRID_INDEX + 1 }, (_, place): Point => ({
      at: DAY + place * GRID_SECONDS,
      good: good * BigInt(place),
      total: (good + bad) * BigInt(place),
      coveredSeconds: GRID_SECONDS * place,
    }));
    expect(packDay(DAY, points).entries.length).toBe(bytes * LAST_GRID_INDEX);
  });

  it('refuses counts that go back, and points of other days or between the grid', () => {
    const point = (at: number, good: bigint): Point => ({
      at,
      good,
      total: good,
      coveredSeconds: 0,
    });
    expect(() => packDay(DAY, [point(DAY, 5n), point(DAY + 300, 4n)])).toThrow('good by -1');
    expect(() => packDay(DAY, [point(DAY, 5n), point(DAY + 310, 6n)])).toThrow('grid');
    expect(() => packDay(DAY, [point(DAY, 5n), point(DAY + 86_700, 6n)])).toThrow('grid');
    expect(() => packDay(DAY, [point(DAY - 300, 5n), point(DAY, 6n)])).toThrow('not of the day');
    expect(() => packDay(DAY, [])).toThrow('no points');
  });

  it('refuses entries that are cut off', () => {
    const packed: PackedDay = {
      first: 0,
      base: { good: 0n, total: 0n, coveredSeconds: 0 },
      entries: Uint8Array.of(4, 0xac),
    };
    expect(() => unpackDay(DAY, packed)).toThrow('end in the middle');
  });
});
