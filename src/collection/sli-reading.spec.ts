import {
  type GroupReading,
  groupSteps,
  NotCountable,
  scaledCount,
  type SliReading,
} from './sli-reading';

describe('a count', () => {
  it.each([
    [5, 1n, 5n],
    [59.9999999, 1n, 60n],
    [0.25, 1000n, 250n],
    [0.1 + 0.2, 1_000_000n, 300_000n],
    [-0, 1n, 0n],
  ])('%d at scale %d is %d', (value, scale, count) => {
    expect(scaledCount(value, scale, 'the total')).toBe(count);
  });

  it.each([
    [NaN, 1n],
    [Infinity, 1n],
    [-Infinity, 1000n],
    [-1, 1n],
    [-0.5, 1000n],
    [0.5, 1n],
  ])('%d at scale %d is refused by its name', (value, scale) => {
    expect(() => scaledCount(value, scale, 'the total')).toThrow(NotCountable);
    expect(() => scaledCount(value, scale, 'the total')).toThrow(`the total is ${value}`);
  });
});

describe('the steps of a group', () => {
  const reading: SliReading = {
    steps: { from: 600, to: 780, stepSeconds: 60 },
    coveredBy: 'targets',
    coveredSeconds: [60, 120, 0],
    flags: [new Set(), new Set(['gap']), new Set(['missing'])],
    groups: new Map(),
  };
  const group: GroupReading = {
    labels: {},
    good: [3n, 4n, 0n],
    total: [3n, 5n, 0n],
    coveredSeconds: null,
    flags: [new Set(), new Set(['clamped']), new Set()],
    firstSeen: 0,
  };

  it('have its counts, and what was noticed of all and of itself', () => {
    expect(groupSteps(reading, group)).toEqual([
      { at: 660, good: 3n, total: 3n, coveredSeconds: 60, flags: [] },
      { at: 720, good: 4n, total: 5n, coveredSeconds: 120, flags: ['gap', 'clamped'] },
      { at: 780, good: 0n, total: 0n, coveredSeconds: 0, flags: ['missing'] },
    ]);
  });

  it('that contradict count nothing and cover nothing', () => {
    const invalid = {
      ...group,
      flags: [new Set(['invalid'] as const), new Set<never>(), new Set<never>()],
    };
    expect(groupSteps(reading, invalid)[0]).toEqual({
      at: 660,
      good: 0n,
      total: 0n,
      coveredSeconds: 0,
      flags: ['invalid'],
    });
  });

  it('without series are covered while the targets answer, with no events', () => {
    expect(groupSteps(reading, undefined).map((step) => [step.total, step.coveredSeconds])).toEqual(
      [
        [0n, 60],
        [0n, 120],
        [0n, 0],
      ],
    );
  });

  it('of a gauge that vanished are missing, though other groups have values', () => {
    const values = { ...reading, coveredBy: 'values' } as const;
    const own = { ...group, coveredSeconds: [60, 0, 0] };
    expect(groupSteps(values, own).map((step) => step.coveredSeconds)).toEqual([60, 0, 0]);
    expect(groupSteps(values, undefined).map((step) => step.coveredSeconds)).toEqual([0, 0, 0]);
  });
});
