import { DAY_SECONDS } from '../domain/duration';
import { rowKey, type Slo, sloId } from '../domain/slo';
import { windowSeconds } from '../domain/slo-window';
import { budgetStart } from './compute';
import type { Period, PeriodFigurer } from './period-figures';

/** Of a row, day by day. */
export interface Days {
  /** Of each day; null where it had no events. */
  readonly sliRatios: readonly (number | null)[];
  /** Of the SLO window that ends with each day; null where it had no events. */
  readonly remainingRatios: readonly (number | null)[];
}

/** Today with them. */
export const SPARKLINE_DAYS = 30;

/**
 * The days before today of every row.
 *
 * @param slos with windows of one kind
 */
export async function daysOf(
  periods: Pick<PeriodFigurer, 'of'>,
  slos: readonly Slo[],
  today: number,
): Promise<ReadonlyMap<Slo, ReadonlyMap<string, Days>>> {
  const [first] = slos;
  if (first === undefined) return new Map();
  const ends = Array.from(
    { length: SPARKLINE_DAYS - 1 },
    (_, k) => today - (SPARKLINE_DAYS - 2 - k) * DAY_SECONDS,
  );
  const days = ends.map((to) => periodOf(to - DAY_SECONDS, to));
  const windows = ends.map((to) => ({
    ...{ from: budgetStart(first, to), to },
    wholeSeconds: windowSeconds(first.window, to),
  }));
  const whole = periodOf(Math.min(...[...days, ...windows].map(({ from }) => from)), today);
  const rows = new Map<Slo, Map<string, Days>>();
  for (const { slo, group, figures } of await periods.of(slos, [whole, ...days, ...windows])) {
    const told = figures.slice(1);
    const own = rows.get(slo) ?? new Map<string, Days>();
    own.set(rowKey(sloId(slo), group), {
      sliRatios: told.slice(0, days.length).map(({ sliRatio }) => sliRatio),
      remainingRatios: told.slice(days.length).map(({ budget }) => budget?.remainingRatio ?? null),
    });
    rows.set(slo, own);
  }
  return rows;
}

export function periodOf(from: number, to: number): Period {
  return { from, to, wholeSeconds: to - from };
}
