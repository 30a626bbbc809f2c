import fc from 'fast-check';
import type { Fraction } from './fraction';
import { strictestObjective } from './strictest-objective';

const events = (bad: bigint, total: bigint) => ({ good: total - bad, total, coveredSeconds: 60 });

describe('the strictest objective that was met', () => {
  it.each([
    [2_000n, 1_000_000n, '0.998'],
    [1n, 3_000_000n, '0.999999666'],
    [432_101n, 1_000_000_000n, '0.999567'],
    [1n, 2n, '0.5'],
    [2n, 3n, '0.333'],
    [999n, 1_000n, '0.001'],
    [9_995n, 10_000_000n, '0.999'],
    [999n, 1_000_000n, '0.999001'],
    [1n, 10n ** 15n, '0.999999999999'],
  ])('with %d bad events of %d is %s', (bad, total, expected) => {
    expect(strictestObjective(events(bad, total))?.text).toBe(expected);
  });

  it('does not exist where nothing was bad, nothing was counted or nothing was good', () => {
    expect(strictestObjective(events(0n, 1_000n))).toBeNull();
    expect(strictestObjective(events(0n, 0n))).toBeNull();
    expect(strictestObjective(events(1_000n, 1_000n))).toBeNull();
    expect(strictestObjective(events(9_999n, 10_000n))).toBeNull();
  });

  it('has budget left, and one digit stricter has not', () => {
    const counts = fc
      .tuple(fc.bigInt(1n, 10n ** 20n), fc.bigInt(1n, 10n ** 20n))
      .map(([a, b]) => events(a < b ? a : b, a < b ? b : a));
    fc.assert(
      fc.property(counts, (counted) => {
        const bad = counted.total - counted.good;
        const met = strictestObjective(counted);
        if (met === null) {
          expect(bad * 1_000n > counted.total * 999n).toBe(true);
          return;
        }
        const { numerator, denominator } = met.budget;
        expect(bad * denominator <= counted.total * numerator).toBe(true);
        const stricter = oneDigitLess(numerator, denominator);
        expect(bad * stricter.denominator > counted.total * stricter.numerator).toBe(true);
      }),
    );
  });
});

/** The next smaller budget of three significant digits and at most twelve decimals. */
function oneDigitLess(numerator: bigint, denominator: bigint): Fraction {
  let finer = 1_000n;
  while (numerator * finer <= 100n * denominator && finer < 10n ** 12n) finer *= 10n;
  return { numerator: (numerator * finer) / denominator - 1n, denominator: finer };
}
