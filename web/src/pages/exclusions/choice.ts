import type { ExclusionView } from '../../../../src/exclusions/exclusions.dto';

export const FILTERS = ['all', 'active', 'planned', 'recurring', 'past', 'revoked'] as const;
export type Filter = (typeof FILTERS)[number];

/** What is in effect, what comes, what was, what was taken back. */
const ORDER: readonly ExclusionView['state'][] = ['active', 'planned', 'past', 'revoked'];

/** The one that an address names; all where it names none. */
export function filterOf(name: string | null): Filter {
  return FILTERS.find((filter) => filter === name) ?? 'all';
}

/** @param now milliseconds since 1970 */
export function chosen(
  rows: readonly ExclusionView[],
  filter: Filter,
  now: number,
): readonly ExclusionView[] {
  return rows
    .filter((row) => isLike(row, filter))
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || nearerFirst(a, b, now));
}

/** Of what comes the next one first, of everything else the latest. */
function nearerFirst(a: ExclusionView, b: ExclusionView, now: number): number {
  if (a.state === 'planned') return nextOf(a, now) - nextOf(b, now);
  return Date.parse(b.from) - Date.parse(a.from);
}

/** When it comes next; what recurs began long ago. */
function nextOf({ from, occurrences }: ExclusionView, now: number): number {
  const ahead = occurrences.map((one) => Date.parse(one.from)).filter((at) => at > now);
  return ahead.length === 0 ? Date.parse(from) : Math.min(...ahead);
}

function isLike({ state, rrule }: ExclusionView, filter: Filter): boolean {
  if (filter === 'all') return true;
  return filter === 'recurring' ? rrule !== null && state !== 'revoked' : state === filter;
}
