import type { BurnRatesView, HistoryPointView } from '../../../../../src/slos/view-types';

type Column = (number | null)[];
export type ChartData = [number[], ...Column[]];

/** Slower burns lie on the lowest line of a logarithmic scale, which has no zero. */
export const LEAST_BURN = 0.1;

/** Epoch seconds, as charts count. */
export function timesOf(points: readonly HistoryPointView[]): number[] {
  return points.map(({ t }) => Date.parse(t) / 1000);
}

/** What is left of the budget, as it counts and as it was seen. */
export function budgetData(points: readonly HistoryPointView[], withRaw: boolean): ChartData {
  const counted = points.map(({ remainingRatio }) => remainingRatio);
  if (!withRaw) return [timesOf(points), counted];
  return [timesOf(points), counted, points.map(({ raw }) => raw.remainingRatio)];
}

export function burnData(
  points: readonly HistoryPointView[],
  windows: readonly string[],
): ChartData {
  const columns = windows.map((name) =>
    points.map(({ burnRates }) => {
      const rate = burnRates?.[name] ?? null;
      return rate === null ? null : Math.max(LEAST_BURN, rate);
    }),
  );
  return [timesOf(points), ...columns];
}

/** All events and the bad ones; nothing where there are none, so that a scale may be logarithmic. */
export function eventsData(points: readonly HistoryPointView[]): ChartData {
  const orNothing = (count: number) => (count > 0 ? count : null);
  return [
    timesOf(points),
    points.map(({ total }) => orNothing(total)),
    points.map(({ good, total }) => orNothing(total - good)),
  ];
}

/** A line that a burn is held against. */
export interface Threshold {
  readonly factor: number;
  readonly severity: string;
  readonly long: string;
  readonly short: string;
}

/** The long windows of the alert tiers, shortest first, as they are listed; the usual ones without alerts. */
export function burnWindowsOf(alerts: BurnRatesView['alerts']): readonly string[] {
  const windows = [...new Set(alerts.map(({ long }) => long))];
  return windows.length === 0 ? ['1h', '6h', '1d', '3d'] : windows.slice(0, 8);
}

/** The highest of a scale: 1, 2 or 5 times a power of ten. */
export function burnTop(data: ChartData, thresholds: readonly Threshold[]): number {
  const [, ...columns] = data;
  let most = 10;
  for (const { factor } of thresholds) most = Math.max(most, factor * 1.2);
  for (const column of columns) for (const rate of column) most = Math.max(most, rate ?? 0);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most) ?? most;
}

/** From the lowest point, or nothing left, up to a whole budget. */
export function budgetReach(data: ChartData): { readonly min: number; readonly max: number } {
  const [, ...columns] = data;
  let [min, max] = [0, 1];
  for (const column of columns)
    for (const left of column)
      if (left !== null) [min, max] = [Math.min(min, left), Math.max(max, left)];
  return { min: min < 0 ? min * 1.06 : 0, max };
}
