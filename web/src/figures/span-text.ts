import type { Figures } from './figures';

/** A span of time; on one day the day is told once. */
export function spanText(figures: Figures, from: string, to: string): string {
  const isOneDay = figures.date(from) === figures.date(to);
  return `${figures.instant(from)} – ${isOneDay ? figures.clock(to) : figures.instant(to)}`;
}
