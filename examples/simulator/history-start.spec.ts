import { historyStart, lastMonth } from './history-start';

const DAY = 86_400;
const at = (text: string): number => Date.parse(text) / 1000;

describe('last month', () => {
  it.each([
    ['2026-11-30T04:43:00Z', '2026-10', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'],
    ['2026-11-01T00:00:00Z', '2026-10', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'],
    ['2027-01-31T23:59:59Z', '2026-12', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['2028-03-31T12:00:00Z', '2028-02', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
  ])('of %s is %s', (now, name, from, to) => {
    expect(lastMonth(at(now))).toEqual({ name, from: at(from), to: at(to) });
  });
});

describe('a history that ends now', () => {
  it('has the SLO windows and the whole of last month, and begins at most 62 days and two hours ago', () => {
    for (let now = at('2026-01-01T00:00:00Z'); now < at('2028-04-01T00:00:00Z'); now += DAY / 2) {
      const start = historyStart(now);
      expect(start).toBeLessThan(Math.min(now - 30 * DAY, lastMonth(now).from));
      expect(now - start).toBeLessThanOrEqual(62 * DAY + 2 * 3_600);
    }
  });
});
