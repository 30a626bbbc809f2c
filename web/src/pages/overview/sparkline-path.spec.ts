import fc from 'fast-check';
import { sparklinePath } from './sparkline-path';

describe('the line of a small chart', () => {
  it('goes from the first day to the last, high where much is left', () => {
    expect(sparklinePath([1, 0.5, 0], 100, 20)).toEqual({
      line: 'M0 0h0L50 10L100 20',
      ...{ zero: null, last: [100, 20] },
    });
  });

  it('is interrupted where nothing is known, and shows a day alone', () => {
    expect(sparklinePath([1, null, 0, 0.5, null], 100, 20)).toMatchObject({
      line: 'M0 0h0M50 20h0L75 10',
      last: [75, 10],
    });
    expect(sparklinePath([null, null], 100, 20)).toBeNull();
  });

  it('has a line for nothing left once more was spent', () => {
    expect(sparklinePath([1, -1], 100, 20)?.zero).toBe(10);
    expect(sparklinePath([1, -30], 100, 20)).toMatchObject({ zero: 10, last: [100, 20] });
  });

  it('does not blow up what hardly changes', () => {
    expect(sparklinePath([1, 0.999], 100, 20)?.last).toEqual([100, 0.1]);
  });

  it('stays on its field', () => {
    const ratio = fc.option(fc.double({ min: -9, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(ratio, { minLength: 1 }), (values) => {
        const numbers = sparklinePath(values, 90, 20)?.line.match(/[\d.-]+/g) ?? [];
        for (const number of numbers) {
          expect(Number(number)).toBeGreaterThanOrEqual(0);
          expect(Number(number)).toBeLessThanOrEqual(90);
        }
      }),
    );
  });
});
