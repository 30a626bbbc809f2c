import { sloId } from '../domain/slo';
import type { Problem } from '../yaml/problem';
import { compositeProblems } from './composite-checks';
import { withoutDuplicates } from './read-definitions';
import type { Defined, Definitions } from './registry';

/**
 * What files and API define together. Where both define an SLO the file's is in force: it is what
 * has been reviewed, and the API cannot change it.
 */
export function composeDefinitions(files: Definitions, api: Definitions): Definitions {
  const { kept, duplicates } = withoutDuplicates([...files.defined, ...api.defined]);
  const problems = [
    ...files.problems,
    ...api.problems,
    ...duplicates,
    ...stillDefined(kept),
    ...compositeProblems(kept, 'warning'),
  ];
  return { defined: kept, problems };
}

/** A rename waits for the earlier name to go. */
function stillDefined(defined: readonly Defined[]): readonly Problem[] {
  const byId = new Map(defined.map((each) => [sloId(each.slo), each]));
  return defined.flatMap(({ slo, place }): readonly Problem[] => {
    const earlier = byId.get(slo.renamedFrom ?? '');
    if (earlier === undefined) return [];
    const { file, line } = earlier.place;
    const message = `${sloId(slo)} is renamed from ${sloId(earlier.slo)}, which is still defined at ${file}:${line}: its history goes over once it is not`;
    return [{ severity: 'warning', place, path: '', message }];
  });
}
