import type { Slo } from '../domain/slo';
import { changedFields, type FieldChange, specOf } from '../ledger/definition-spec';
import { revisionOf } from '../ledger/revision';

/**
 * What becomes of a definition: `resumed` is created again with a stream that is still there.
 */
export type Outcome = 'created' | 'changed' | 'unchanged' | 'resumed' | 'deleted';

/** What becomes of the counting; another query, grouping or budgeting begins a new stream. */
export type StreamOutcome = 'new' | 'kept' | 'resumed' | 'renamed' | 'ended';

export interface Planned {
  readonly outcome: Outcome;
  readonly stream: StreamOutcome;
  /** Revision of what is counted afterwards; before, where it is deleted. */
  readonly revision: string;
  readonly changes: readonly FieldChange[];
}

/**
 * What defining an SLO does.
 *
 * @param before as it is defined now; null where it is not
 * @param same whether its text stays as it is
 * @param streams names (`service/name`) that have a stream of this very revision
 */
export function plannedDefinition(
  slo: Slo,
  before: Slo | null,
  same: boolean,
  streams: ReadonlySet<string>,
): Planned {
  const revision = revisionOf(slo);
  if (before === null) {
    const stream = streamOfNew(slo, streams);
    const outcome = stream === 'resumed' ? 'resumed' : 'created';
    return { outcome, stream, revision, changes: [] };
  }
  const kept = revisionOf(before) === revision;
  const stream = kept ? 'kept' : streamOfNew(slo, streams);
  const changes = changedFields(specOf(before), specOf(slo));
  return { outcome: same ? 'unchanged' : 'changed', stream, revision, changes };
}

export function plannedDeletion(before: Slo | null): Planned {
  const revision = before === null ? '' : revisionOf(before);
  return { outcome: 'deleted', stream: 'ended', revision, changes: [] };
}

function streamOfNew(slo: Slo, streams: ReadonlySet<string>): StreamOutcome {
  if (slo.renamedFrom !== null && streams.has(slo.renamedFrom)) return 'renamed';
  return streams.has(`${slo.service}/${slo.name}`) ? 'resumed' : 'new';
}
