import fc from 'fast-check';
import { compositeSlice, parseWeight, type PartSlice } from './composite';
import { Objective } from './objective';

interface Told {
  readonly good: number;
  readonly total: number;
  readonly objective?: string;
  readonly weight?: string;
  readonly covered?: number;
}

function part({ good, total, objective = '0.99', weight = '1', covered = 300 }: Told): PartSlice {
  return {
    events: { good: BigInt(good), total: BigInt(total), coveredSeconds: covered },
    objective: Objective.parse(objective),
    weight: parseWeight(weight),
  };
}

const API = part({ good: 990, total: 1_000, objective: '0.995', weight: '1' });
const SHOP = part({ good: 999, total: 1_000, objective: '0.99', weight: '2' });
const IDLE = part({ good: 0, total: 0, weight: '7' });

describe('a slice of a composite', () => {
  it.each([
    ['all', [API, SHOP], 0n, 1n],
    ['all', [SHOP], 1n, 1n],
    ['worst', [API, SHOP], 990_000n, 1_000_000n],
    ['weighted', [API, SHOP], 996_000n, 1_000_000n],
    // (0.99 + 7 x 1) / 8
    ['weighted', [API, IDLE], 998_750n, 1_000_000n],
    ['worst', [IDLE], 1_000_000n, 1_000_000n],
    ['all', [IDLE, SHOP], 1n, 1n],
  ] as const)('%s of these parts', (method, parts, good, total) => {
    expect(compositeSlice(method, parts)).toEqual({ good, total, coveredSeconds: 300 });
  });

  it('is good at exactly the objective, and no longer one event below it', () => {
    const at = (good: number) => [part({ good, total: 1_000, objective: '0.995' })];
    expect(compositeSlice('all', at(995)).good).toBe(1n);
    expect(compositeSlice('all', at(994)).good).toBe(0n);
  });

  it('was seen for as long as its worst-covered part', () => {
    const slice = compositeSlice('worst', [API, part({ good: 5, total: 5, covered: 120 })]);
    expect(slice).toEqual({ good: 990_000n, total: 1_000_000n, coveredSeconds: 120 });
  });

  it('counts nothing where a part was not seen, however bad another is', () => {
    const dead = part({ good: 0, total: 50 });
    expect(compositeSlice('all', [dead, part({ good: 0, total: 0, covered: 0 })])).toEqual({
      good: 0n,
      total: 0n,
      coveredSeconds: 0,
    });
  });

  it.each(['0', '-1', 'x', '1e3', ''])('a weight of %j is refused', (weight) => {
    expect(() => parseWeight(weight)).toThrow('allowed: a decimal number above 0');
  });

  const anyPart = fc
    .record({
      total: fc.integer({ min: 0, max: 10_000_000 }),
      badShare: fc.double({ min: 0, max: 1, noNaN: true }),
      objective: fc.integer({ min: 1, max: 999 }),
      weight: fc.integer({ min: 1, max: 100_000 }),
      covered: fc.integer({ min: 1, max: 900 }),
    })
    .map((told) => ({ ...told, good: told.total - Math.round(told.badShare * told.total) }));

  it('is what summing up by hand gives, for any parts', () => {
    fc.assert(
      fc.property(fc.array(anyPart, { minLength: 1, maxLength: 6 }), (told) => {
        const parts = told.map(({ good, total, objective, weight, covered }) => ({
          ...part({ good, total, covered }),
          objective: Objective.parse(`0.${String(objective).padStart(3, '0')}`),
          weight: parseWeight(String(weight / 1_000)),
        }));
        const ratios = told.map(({ good, total }) => (total === 0 ? 1 : good / total));
        const allGood = told.every(
          ({ good, total, objective }) => good * 1_000 >= total * objective,
        );
        const weights = told.map(({ weight }) => weight);
        const mean =
          ratios.reduce((sum, ratio, k) => sum + ratio * (weights[k] ?? 0), 0) /
          weights.reduce((sum, weight) => sum + weight, 0);
        const all = compositeSlice('all', parts);
        const worst = compositeSlice('worst', parts);
        const weighted = compositeSlice('weighted', parts);
        expect(all.good).toBe(allGood ? 1n : 0n);
        expect(Math.abs(Number(worst.good) - Math.min(...ratios) * 1e6)).toBeLessThan(0.501);
        expect(Math.abs(Number(weighted.good) - mean * 1e6)).toBeLessThan(0.501);
        expect(worst.good).toBeLessThanOrEqual(weighted.good);
        for (const { coveredSeconds } of [all, worst, weighted]) {
          expect(coveredSeconds).toBe(Math.min(...told.map(({ covered }) => covered)));
        }
      }),
    );
  });
});
