import { rowKey, sloId } from '../domain/slo';
import { STATUSES } from '../domain/status';
import type { Snapshot } from '../evaluation/board';
import { type Figures, hourBurnOf } from '../evaluation/figures';
import type { Sparkline } from '../evaluation/sparklines';
import { pageOf } from '../http/page';
import type { ListQuery, Sort } from './list-query.dto';
import type { SloPage } from './view-types';
import { sloRow, sparklineView } from './views';

/**
 * One row per SLO, or per group of one, with the latest figures.
 *
 * @param sparklines of the rows, where they are asked for
 */
export function listSlos(
  { figures }: Pick<Snapshot, 'figures'>,
  query: ListQuery,
  labels: readonly (readonly [string, string])[],
  sparklines: ReadonlyMap<Figures, Sparkline> = new Map(),
): SloPage {
  const wanted = figures.filter((each) => matches(each, query, labels));
  const sorted = [...wanted].sort(comparison(query.sort ?? 'name'));
  const { items, nextCursor } = pageOf(sorted, query, keyOf);
  return {
    items: items.map((each) => {
      const sparkline = sparklines.get(each);
      return sparkline === undefined
        ? sloRow(each)
        : Object.assign(sloRow(each), { sparkline: sparklineView(sparkline) });
    }),
    nextCursor,
  };
}

function matches(
  { slo, group, status }: Figures,
  query: ListQuery,
  labels: readonly (readonly [string, string])[],
): boolean {
  if (query.service !== undefined && slo.service !== query.service) return false;
  if (query.team !== undefined && slo.team !== query.team) return false;
  if (query.status !== undefined && status !== query.status) return false;
  if (!labels.every(([name, value]) => (group?.[name] ?? slo.labels[name]) === value)) return false;
  if (query.q === undefined) return true;
  const text = [sloId(slo), slo.description ?? '', ...Object.values(group ?? {})]
    .join('\n')
    .toLowerCase();
  return text.includes(query.q.toLowerCase());
}

function comparison(sort: Sort): (a: Figures, b: Figures) => number {
  const [key, sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1];
  if (key === 'name') return (a, b) => sign * byName(a, b);
  return (a, b) => byNumber(numberOf(key, a), numberOf(key, b), sign) || byName(a, b);
}

/** Unknown figures come last, whichever way round. */
function byNumber(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

function numberOf(key: string, figures: Figures): number | null {
  if (key === 'status') return STATUSES.indexOf(figures.status);
  if (key === 'remaining') return figures.budget.budget?.remainingRatio ?? null;
  return hourBurnOf(figures);
}

function byName(a: Figures, b: Figures): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function keyOf({ slo, group }: Figures): string {
  return rowKey(sloId(slo), group);
}
