import type { ExclusionView } from '../../../../src/exclusions/exclusions.dto';

export const FILTERS = ['all', 'active', 'planned', 'recurring', 'past', 'revoked'] as const;
export type Filter = (typeof FILTERS)[number];

/** What is in effect, what comes, what was, what was taken back; each the latest first. */
const ORDER: readonly ExclusionView['state'][] = ['active', 'planned', 'past', 'revoked'];

/** The one that an address names; all where it names none. */
export function filterOf(name: string | null): Filter {
  return FILTERS.find((filter) => filter === name) ?? 'all';
}

export function chosen(rows: readonly ExclusionView[], filter: Filter): readonly ExclusionView[] {
  return rows
    .filter((row) => isLike(row, filter))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || Date.parse(b.from) - Date.parse(a.from),
    );
}

function isLike({ state, rrule }: ExclusionView, filter: Filter): boolean {
  if (filter === 'all') return true;
  return filter === 'recurring' ? rrule !== null && state !== 'revoked' : state === filter;
}
