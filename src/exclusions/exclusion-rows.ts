import type { DefinitionRegistry } from '../definitions/registry';
import { definedExclusions, type Exclusion, isWithin } from '../domain/exclusion-scope';
import { sloId } from '../domain/slo';
import type { ExclusionStore, StoredExclusion } from './exclusion-store';

/** An exclusion with where it comes from. */
export interface ExclusionRow {
  readonly exclusion: Exclusion;
  /** Null where a definition writes it. */
  readonly stored: StoredExclusion | null;
  /** `slos/shop.yaml:4`, or `api:shop/api-errors`; null for those of the API. */
  readonly file: string | null;
}

/** All there are: those of definitions, then those of the API, the revoked ones too. */
export async function exclusionRows(
  registry: DefinitionRegistry,
  store: ExclusionStore,
): Promise<readonly ExclusionRow[]> {
  const written = registry.current().defined.flatMap(({ slo, place, api }) =>
    definedExclusions(slo).map((exclusion): ExclusionRow => {
      const file = api === undefined ? `${place.file}:${place.line}` : place.file;
      return { exclusion, stored: null, file };
    }),
  );
  const stored = (await store.all()).map((each): ExclusionRow => {
    return { exclusion: each, stored: each, file: null };
  });
  return [...written, ...stored];
}

/** Whether an SLO is excluded by it, as it is defined now or by the name alone. */
export function isOf(registry: DefinitionRegistry, { scope }: Exclusion, asked: string): boolean {
  const slo = registry.current().defined.find((each) => sloId(each.slo) === asked)?.slo;
  if (slo !== undefined) return isWithin(scope, slo);
  if (scope.kind === 'slo') return sloId(scope) === asked;
  return scope.kind === 'service' && asked.startsWith(`${scope.service}/`);
}
