import type { HistoryPointView } from '../../../../../src/slos/view-types';
import {
  budgetData,
  budgetReach,
  burnData,
  burnTop,
  burnWindowsOf,
  eventsData,
} from './chart-data';

const counts = { good: 99, total: 100, sli: 0.99, remainingRatio: 0.5 };
const point = (more: Partial<HistoryPointView>): HistoryPointView => ({
  t: '2026-11-30T00:00:00Z',
  ...counts,
  burnRate: 2,
  coverage: 1,
  raw: { ...counts, remainingRatio: -0.2 },
  ...more,
});
const T = Date.parse('2026-11-30T00:00:00Z') / 1000;

describe('what charts draw', () => {
  it('is the budget as it counts, and as it was seen where that is wanted', () => {
    expect(budgetData([point({})], false)).toEqual([[T], [0.5]]);
    expect(budgetData([point({ remainingRatio: null })], true)).toEqual([[T], [null], [-0.2]]);
  });

  it('is burn on a scale without a zero; what is not known stays a gap', () => {
    const points = [
      point({ burnRates: { '1h': 14.4, '3d': 0 } }),
      point({ burnRates: { '1h': null } }),
    ];
    expect(burnData(points, ['1h', '3d'])).toEqual([
      [T, T],
      [14.4, null],
      [0.1, null],
    ]);
  });

  it('is events, and none where none happened', () => {
    expect(eventsData([point({}), point({ good: 0, total: 0 })])).toEqual([
      [T, T],
      [100, null],
      [1, null],
    ]);
  });

  it('are the long windows of the tiers, each once', () => {
    const kind = 'page' as const;
    const tier = { kind, severity: 'page', short: '5m', factor: 14.4, firing: false, since: null };
    const alerts = ['1h', '6h', '1h'].map((long) => ({ ...tier, long }));
    expect(burnWindowsOf(alerts)).toEqual(['1h', '6h']);
    expect(burnWindowsOf([])).toEqual(['1h', '6h', '1d', '3d']);
  });

  it.each([
    [[3], 0, 10],
    [[3], 14.4, 20],
    [[199], 14.4, 200],
    [[201], 14.4, 500],
    [[null], 36, 50],
  ])('reach %j against %d up to %d', (rates, factor, top) => {
    const threshold = { factor, severity: 'page', long: '1h', short: '5m' };
    expect(burnTop([[T], rates], [threshold])).toBe(top);
  });

  it('reach from nothing to a whole budget, and below where it is overspent', () => {
    expect(budgetReach([[T], [0.9]])).toEqual({ min: 0, max: 1 });
    expect(
      budgetReach([
        [T, T],
        [0.9, -1],
      ]),
    ).toEqual({ min: -1.06, max: 1 });
    expect(budgetReach([[T], [null]])).toEqual({ min: 0, max: 1 });
  });
});
