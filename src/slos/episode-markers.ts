import type { Marker, MarkerPlace, MarkerStore } from '../exclusions/marker-store';
import { MINUTE_SECONDS } from '../domain/duration';
import type { Slo } from '../domain/slo';
import type { Span } from '../domain/slo-window';

/** A deploy is often the cause of what is first seen minutes later. */
const BEFORE_SECONDS = 15 * MINUTE_SECONDS;
const PAGE_ROWS = 1000;

/** What happened in a span, or shortly before, that is about an SLO, its service, or everything. */
export async function markersOf(
  store: MarkerStore,
  { service, name }: Slo,
  { from, to }: Span,
): Promise<readonly Marker[]> {
  const filter = { from: from - BEFORE_SECONDS, to, service, name };
  const all: Marker[] = [];
  let after: MarkerPlace | null = null;
  for (;;) {
    const page: readonly Marker[] = await store.list(filter, after, PAGE_ROWS);
    all.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_ROWS) return all;
    after = { at: Math.round(last.at * 1000), id: last.id };
  }
}

/** Those of an episode. */
export function markersIn(markers: readonly Marker[], { from, to }: Span): readonly Marker[] {
  return markers.filter(({ at, end }) => at <= to && (end ?? at) >= from - BEFORE_SECONDS);
}
