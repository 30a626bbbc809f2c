import type { ComposedRegistry } from '../definitions/composed-registry';
import type { PastDefinitions } from '../definitions/registry';
import type { PlacedSlo } from '../definitions/reading';
import { sloId } from '../domain/slo';
import type { Problem } from '../yaml/problem';

/** An earlier name that is still in use, or that never was. */
export async function renameWarnings(
  placed: readonly PlacedSlo[],
  registry: ComposedRegistry,
  past: PastDefinitions,
): Promise<readonly Problem[]> {
  const warnings: Problem[] = [];
  for (const { slo, place } of placed) {
    const { renamedFrom } = slo;
    if (renamedFrom === null) continue;
    const words = await doubtOf(renamedFrom, registry, past);
    if (words === null) continue;
    const message = `${sloId(slo)} is renamed from ${renamedFrom}, ${words}`;
    warnings.push({ severity: 'warning', place, path: '', message });
  }
  return warnings;
}

async function doubtOf(
  id: string,
  registry: ComposedRegistry,
  past: PastDefinitions,
): Promise<string | null> {
  const defined = registry.current().defined.find(({ slo }) => sloId(slo) === id);
  if (defined !== undefined) {
    const { file, line } = defined.place;
    return `which is still defined at ${file}:${line}: its history goes over once it is not`;
  }
  const [service = '', name = ''] = id.split('/');
  const known = await past.find(service, name);
  return known === null ? 'which never was defined here' : null;
}
