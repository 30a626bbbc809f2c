import {
  fieldText,
  fieldTime,
  instant,
  moved,
  rangeOf,
  rangeQuery,
  snapped,
  spanOf,
  stepSeconds,
  widened,
} from './span';

const at = (text: string) => Date.parse(`2026-11-${text}Z`);
const WINDOW = { from: at('01T12:02:00'), to: at('30T12:02:00') };
const DAY = 86_400_000;

describe('the range of the charts', () => {
  it.each([
    ['', 'window'],
    ['range=7d', '7d'],
    ['range=9d', 'window'],
    ['from=nonsense&to=2026-11-02T00:00:00Z&range=3d', '3d'],
    ['from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z', 'window'],
  ])('?%s is %s', (query, range) => {
    expect(rangeOf(new URLSearchParams(query))).toBe(range);
  });

  it('of a chosen span is on the grid, and comes back from the address', () => {
    const range = rangeOf(new URLSearchParams('from=2026-11-02T10:01:00Z&to=2026-11-02T11:01:00Z'));
    expect(range).toEqual({ from: at('02T10:00:00'), to: at('02T11:05:00') });
    const told = Object.entries(rangeQuery(range)).filter(([, value]) => value !== null);
    expect(rangeOf(new URLSearchParams(told as [string, string][]))).toEqual(range);
  });

  it('has one parameter in the address, or none for the window', () => {
    expect(rangeQuery('window')).toEqual({ range: null, from: null, to: null });
    expect(rangeQuery('24h')).toEqual({ range: '24h', from: null, to: null });
  });

  it('ends with what was counted', () => {
    expect(spanOf('window', WINDOW)).toEqual({ from: at('01T12:00:00'), to: at('30T12:00:00') });
    expect(spanOf('24h', WINDOW)).toEqual({ from: at('29T12:00:00'), to: at('30T12:00:00') });
  });

  it('is never empty, not even in the first minutes of a month', () => {
    const first = { from: at('01T00:00:00'), to: at('01T00:02:00') };
    const { from, to } = spanOf('window', first);
    expect(to - from).toBe(300_000);
    expect(snapped({ from: at('01T00:00:00'), to: at('01T00:00:00') }).to).toBe(at('01T00:05:00'));
  });

  it('widens and moves up to now', () => {
    const day = { from: at('29T12:00:00'), to: at('30T12:00:00') };
    expect(widened(day, day.to)).toEqual({ from: at('27T12:00:00'), to: at('30T12:00:00') });
    expect(moved(day, 1, day.to)).toEqual(day);
    expect(moved(day, -1, day.to)).toEqual({ from: at('29T00:00:00'), to: at('30T00:00:00') });
  });

  it.each([
    [1, 300],
    [3, 300],
    [7, 900],
    [30, 3_600],
    [90, 21_600],
    [365, 86_400],
    [5_000, 604_800],
  ])('%d days have steps of %d s', (days, step) => {
    expect(stepSeconds({ from: 0, to: days * DAY })).toBe(step);
  });

  it('is written into fields by UTC or by local clocks, and read back', () => {
    const noon = at('30T12:00:00');
    expect(fieldText(noon, true)).toBe('2026-11-30T12:00');
    for (const isUtc of [true, false]) expect(fieldTime(fieldText(noon, isUtc), isUtc)).toBe(noon);
    expect(fieldTime('', true)).toBeNaN();
    expect(instant(noon)).toBe('2026-11-30T12:00:00Z');
  });
});
