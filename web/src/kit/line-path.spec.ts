import { linePath, placeOf } from './line-path';

const hours = { from: 0, to: 10 };
const ratio = { from: 0, to: 1 };

describe('a line', () => {
  it('goes from the left to the right, with what is more above', () => {
    const points = [
      { at: 0, value: 1 },
      { at: 5, value: 0.25 },
      { at: 10, value: 0 },
    ];
    expect(linePath(points, hours, ratio, 100, 20)).toBe('M0 0L50 15L100 20');
  });

  it('has a gap where nothing is known', () => {
    const points = [
      { at: 0, value: 1 },
      { at: 2, value: null },
      { at: 4, value: 1 },
      { at: 6, value: 1 },
    ];
    expect(linePath(points, hours, ratio, 100, 20)).toBe('M0 0M40 0L60 0');
    expect(linePath([{ at: 1, value: null }], hours, ratio, 100, 20)).toBe('');
  });

  it('stays within its frame', () => {
    expect(placeOf(-3, ratio)).toBe(0);
    expect(placeOf(7, ratio)).toBe(1);
  });
});
