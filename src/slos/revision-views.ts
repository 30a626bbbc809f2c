import type { DefinitionRevision } from '../ledger/definition-history';
import { changedFields } from '../ledger/definition-spec';
import type { RevisionView } from './view-types';
import { rfc3339 } from '../domain/instant';

/** @param revisions newest first: each is told with what it changed of the one before it */
export function revisionViews(revisions: readonly DefinitionRevision[]): readonly RevisionView[] {
  return revisions.map((revision, k) => {
    const { validFrom, validTo, counted, objective, slo, origin, spec, actor, requestId } =
      revision;
    const earlier = revisions.slice(k + 1);
    const [before] = earlier;
    return {
      from: rfc3339(validFrom),
      to: validTo === null ? null : rfc3339(validTo),
      by: actor,
      requestId,
      slo,
      objective,
      revision: counted,
      stream: streamOf(counted, earlier),
      changes: before === undefined ? [] : changedFields(before.spec, spec),
      origin,
      spec,
    };
  });
}

/** @param earlier newest first */
function streamOf(counted: string, earlier: readonly DefinitionRevision[]): RevisionView['stream'] {
  if (earlier[0]?.counted === counted) return 'kept';
  return earlier.some((one) => one.counted === counted) ? 'resumed' : 'new';
}
