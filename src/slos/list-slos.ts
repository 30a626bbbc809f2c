import { sloId } from '../domain/slo';
import { STATUSES } from '../domain/status';
import type { Board } from '../evaluation/board';
import type { Figures } from '../evaluation/figures';
import { pageOf } from '../http/page';
import type { ListQuery, Sort } from './list-query.dto';
import type { SloPage } from './view-types';
import { sloRow } from './views';

/** One row per SLO, or per group of one, with the latest figures. */
export function listSlos(
  board: Board,
  query: ListQuery,
  labels: readonly (readonly [string, string])[],
): SloPage {
  const wanted = board.current().figures.filter((figures) => matches(figures, query, labels));
  const sorted = [...wanted].sort(comparison(query.sort ?? 'name'));
  const { items, nextCursor } = pageOf(sorted, query, rowKey);
  return { items: items.map(sloRow), nextCursor };
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
  const compare =
    key === 'name' ? byName : (a: Figures, b: Figures) => numberOf(key, a) - numberOf(key, b);
  return (a, b) => sign * compare(a, b) || byName(a, b);
}

function numberOf(key: string, figures: Figures): number {
  if (key === 'status') return STATUSES.indexOf(figures.status);
  // Unknown figures come last.
  if (key === 'remaining') return figures.budget.budget?.remainingRatio ?? Number.MAX_VALUE;
  return figures.burn.find(({ windowSeconds }) => windowSeconds === 3_600)?.burnRate ?? -1;
}

function byName(a: Figures, b: Figures): number {
  const [left, right] = [rowKey(a), rowKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function rowKey({ slo, group }: Figures): string {
  return `${sloId(slo)} ${group === null ? '' : JSON.stringify(group)}`;
}
