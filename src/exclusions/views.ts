import { rfc3339 } from '../domain/instant';
import { rounded } from '../domain/cut';
import { DAY_SECONDS } from '../domain/duration';
import type { Exclusion } from '../domain/exclusion-scope';
import { occurrencesOf } from '../domain/occurrences';
import { sloId } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import { whenText } from '../domain/written-exclusion';
import { GRID_SECONDS } from '../ledger/grid';
import type { ExclusionRow } from './exclusion-rows';
import type { ExclusionView, OccurrenceView } from './exclusions.dto';

const MOST_OCCURRENCES = 100;
/** No rule that anybody means stays silent for longer. */
const AHEAD_SECONDS = 5 * 366 * DAY_SECONDS;

/** @param within where its occurrences are listed */
export function exclusionView(row: ExclusionRow, now: number, within: Span): ExclusionView {
  const { exclusion, stored, file } = row;
  const { id, scope, group, treatment, reason, author } = exclusion;
  const { from, to, rrule, duration, timeZone } = whenText(exclusion.when);
  const occurrences = roundedOccurrences(exclusion, within);
  return {
    id,
    origin: file === null ? 'api' : 'definition',
    file,
    slo: scope.kind === 'slo' ? sloId(scope) : null,
    service: scope.kind === 'service' ? scope.service : null,
    label: scope.kind === 'label' ? `${scope.name}=${scope.value}` : null,
    group,
    from,
    to: to ?? null,
    rrule: rrule ?? null,
    duration: duration ?? null,
    timeZone: timeZone ?? null,
    treatment,
    reason,
    author,
    state: stateOf(row, now),
    createdAt: stored && rfc3339(Math.floor(stored.createdAt)),
    createdBy: stored?.createdBy ?? null,
    revokedAt: stored?.revokedAt == null ? null : rfc3339(Math.floor(stored.revokedAt)),
    revokedBy: stored?.revokedBy ?? null,
    occurrences: occurrences.slice(0, MOST_OCCURRENCES).map(occurrenceView),
    moreOccurrences: Math.max(0, occurrences.length - MOST_OCCURRENCES),
  };
}

/** In effect now, still to come, over, or taken back. */
export function stateOf({ exclusion, stored }: ExclusionRow, now: number): ExclusionView['state'] {
  if (stored?.revokedAt != null) return 'revoked';
  if (roundedOccurrences(exclusion, { from: now, to: now + 1 }).length > 0) return 'active';
  const { when } = exclusion;
  const ahead = when.kind === 'once' ? when.to > now : comes(exclusion, now);
  return ahead ? 'planned' : 'past';
}

/** The times at which it is in effect, as they are used. */
export function roundedOccurrences({ when }: Exclusion, { from, to }: Span): readonly Span[] {
  const beside = { from: from - GRID_SECONDS, to: to + GRID_SECONDS };
  return rounded(occurrencesOf(when, beside), GRID_SECONDS).filter(
    (span) => span.from < to && span.to > from,
  );
}

/** A month at a time: most rules come to pass in the first. */
function comes({ when }: Exclusion, now: number): boolean {
  const month = 32 * DAY_SECONDS;
  const begin = Math.max(now, when.from);
  for (let from = begin; from < begin + AHEAD_SECONDS; from += month) {
    if (occurrencesOf(when, { from, to: from + month }).length > 0) return true;
  }
  return false;
}

function occurrenceView({ from, to }: Span): OccurrenceView {
  return { from: rfc3339(from), to: rfc3339(to) };
}
