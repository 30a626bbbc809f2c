import { compositeProblems } from '../definitions/composite-checks';
import type { PlacedSlo } from '../definitions/reading';
import type { DefinitionRegistry } from '../definitions/registry';
import { isComposite, type Slo, sloId } from '../domain/slo';
import type { Problem } from '../yaml/problem';

/** What keeps the composites of a text from being made of its own SLOs and those that are defined. */
export function ownComposites(
  placed: readonly PlacedSlo[],
  registry: DefinitionRegistry,
): readonly Problem[] {
  return compositeProblems([...placed, ...othersThan(placed, [], registry)], 'error', placed);
}

/** Composites elsewhere that can no longer be made once SLOs are changed or deleted. */
export function dependentComposites(
  changed: readonly PlacedSlo[],
  deleted: readonly Pick<Slo, 'service' | 'name'>[],
  registry: DefinitionRegistry,
): readonly Problem[] {
  const others = othersThan(changed, deleted, registry);
  const touched = new Set([...changed.map(({ slo }) => sloId(slo)), ...deleted.map(sloId)]);
  const dependent = others.filter(
    ({ slo }) => isComposite(slo) && slo.sli.parts.some((part) => touched.has(sloId(part))),
  );
  const problems = compositeProblems([...changed, ...others], 'warning', dependent);
  return problems.map((problem) => ({ ...problem, severity: 'warning' }));
}

function othersThan(
  changed: readonly PlacedSlo[],
  deleted: readonly Pick<Slo, 'service' | 'name'>[],
  registry: DefinitionRegistry,
): readonly PlacedSlo[] {
  const named = new Set([...changed.map(({ slo }) => sloId(slo)), ...deleted.map(sloId)]);
  return registry.current().defined.filter(({ slo }) => !named.has(sloId(slo)));
}
