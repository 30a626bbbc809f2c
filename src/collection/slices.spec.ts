import fc from 'fast-check';
import { Objective } from '../domain/objective';
import type { StepFlag } from '../ledger/step';
import type { GroupReading, SliReading } from './sli-reading';
import { asRatioSlices, asTimeSlices, MILLIONTHS, slicesAsSteps, slicesWithin } from './slices';
import { stepEnds } from './steps';

/** Slices from zero on, each with its total, good and covered seconds. */
function slicesOf(
  sliceSeconds: number,
  rows: readonly { total: number; good: number; covered?: number; flag?: StepFlag }[],
): SliReading {
  const covered = rows.map((row) => row.covered ?? sliceSeconds);
  const group: GroupReading = {
    labels: {},
    total: rows.map(({ total }) => BigInt(total)),
    good: rows.map(({ good }) => BigInt(good)),
    coveredSeconds: covered,
    flags: rows.map(({ flag }) => new Set(flag === undefined ? [] : [flag])),
    firstSeen: rows.findIndex(({ total }) => total > 0),
  };
  return {
    steps: { from: 0, to: rows.length * sliceSeconds, stepSeconds: sliceSeconds },
    coveredBy: 'values',
    coveredSeconds: covered,
    flags: rows.map(() => new Set()),
    groups: new Map([['[]', group]]),
  };
}

function groupOf(reading: SliReading): GroupReading {
  const group = reading.groups.get('[]');
  if (group === undefined) throw new Error('the group is gone');
  return group;
}

describe('slices within steps', () => {
  it.each([
    [0, 600, 0, 600],
    [60, 600, 0, 600],
    [300, 360, 300, 300],
    [540, 600, 300, 600],
  ])('of (%d, %d] end within (%d, %d]', (from, to, first, last) => {
    const slices = slicesWithin({ from, to, stepSeconds: 60 }, 300);
    expect(slices).toEqual({ from: first, to: last, stepSeconds: 300 });
    for (const end of stepEnds(slices)) expect(end > from && end <= to).toBe(true);
  });

  it('are each in exactly one of adjoining reads', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(cuts, fc.constantFrom(60, 300, 480, 3600), (minutes, slice) => {
        const edges = [0, ...new Set(minutes.sort((a, b) => a - b)), 100].map((m) => m * 60);
        const ends = edges
          .slice(1)
          .flatMap((to, k) =>
            stepEnds(slicesWithin({ from: edges[k] ?? 0, to, stepSeconds: 60 }, slice)),
          );
        expect(ends).toEqual(stepEnds(slicesWithin({ from: 0, to: 6000, stepSeconds: 60 }, slice)));
      }),
    );
  });
});

describe('slices put into steps', () => {
  it('are counted and covered at their ends, and the steps between are not missing', () => {
    const minutes = { from: 0, to: 600, stepSeconds: 60 };
    const told = slicesAsSteps(
      slicesOf(300, [
        { total: 1, good: 1 },
        { total: 1, good: 0 },
      ]),
      minutes,
    );
    expect(told.coveredSeconds).toEqual([0, 0, 0, 0, 300, 0, 0, 0, 0, 300]);
    expect(groupOf(told).total).toEqual([0n, 0n, 0n, 0n, 1n, 0n, 0n, 0n, 0n, 1n]);
    expect(groupOf(told).good).toEqual([0n, 0n, 0n, 0n, 1n, 0n, 0n, 0n, 0n, 0n]);
    expect(groupOf(told).firstSeen).toBe(4);
    expect([...told.flags].every((flags) => flags.size === 0)).toBe(true);
  });

  it('add up where a step holds several', () => {
    const rows = Array.from({ length: 10 }, (_, k) => ({ total: 1, good: k % 2 }));
    const told = slicesAsSteps(slicesOf(60, rows), { from: 0, to: 600, stepSeconds: 300 });
    expect(told.coveredSeconds).toEqual([300, 300]);
    expect(groupOf(told).coveredSeconds).toEqual([300, 300]);
    expect(groupOf(told).total).toEqual([5n, 5n]);
    expect(groupOf(told).good).toEqual([2n, 3n]);
  });

  it('lose and invent nothing', () => {
    const rows = fc.array(
      fc.record({ total: fc.nat(9), good: fc.nat(9), covered: fc.constantFrom(0, 300) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom(60, 300, 900), (all, stepSeconds) => {
        const to = Math.ceil((all.length * 300) / stepSeconds) * stepSeconds;
        const told = slicesAsSteps(slicesOf(300, all), { from: 0, to, stepSeconds });
        const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
        expect(sum(groupOf(told).total)).toBe(BigInt(all.reduce((a, row) => a + row.total, 0)));
        expect(sum(groupOf(told).good)).toBe(BigInt(all.reduce((a, row) => a + row.good, 0)));
        expect(told.coveredSeconds.reduce((a, b) => a + b, 0)).toBe(
          all.reduce((a, row) => a + row.covered, 0),
        );
      }),
    );
  });

  it('carry what was noticed of them', () => {
    const rows = [
      { total: 1, good: 1 },
      { total: 0, good: 0, flag: 'invalid' as const },
    ];
    const told = slicesAsSteps(slicesOf(300, rows), { from: 0, to: 600, stepSeconds: 60 });
    expect(groupOf(told).flags.map((flags) => [...flags])).toEqual([
      [],
      [],
      [],
      [],
      [],
      [],
      [],
      [],
      [],
      ['invalid'],
    ]);
  });
});

describe('a slice judged as a whole', () => {
  const judge = (total: number, good: number, objective: string): bigint | undefined =>
    groupOf(asTimeSlices(slicesOf(300, [{ total, good }]), Objective.parse(objective))).good[0];

  it.each([
    [100, 98, '0.98', 1n],
    [100, 97, '0.98', 0n],
    [1000, 979, '0.98', 0n],
    [1000, 980, '0.98', 1n],
    [3, 2, '0.67', 0n],
    [1, 0, '0.5', 0n],
  ])('of %d with %d good at %s is %d', (total, good, objective, told) => {
    expect(judge(total, good, objective)).toBe(told);
  });

  it('counts one, unless it has no events or its figures contradict', () => {
    const rows = [
      { total: 7, good: 7 },
      { total: 0, good: 0 },
      { total: 5, good: 0, flag: 'invalid' as const },
      { total: 5, good: 5, flag: 'clamped' as const },
    ];
    const told = groupOf(asTimeSlices(slicesOf(300, rows), Objective.parse('0.9')));
    expect(told.total).toEqual([1n, 0n, 0n, 1n]);
    expect(told.good).toEqual([1n, 0n, 0n, 1n]);
  });
});

describe('a slice as good as its ratio', () => {
  it('is kept in millionths, rounded to the nearest', () => {
    const rows = [
      { total: 3, good: 2 },
      { total: 3, good: 1 },
      { total: 0, good: 0 },
      { total: 8, good: 8 },
    ];
    const told = groupOf(asRatioSlices(slicesOf(300, rows)));
    expect(told.good).toEqual([666_667n, 333_333n, 0n, MILLIONTHS]);
    expect(told.total).toEqual([MILLIONTHS, MILLIONTHS, 0n, MILLIONTHS]);
  });
});
