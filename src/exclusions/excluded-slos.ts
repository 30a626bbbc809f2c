import type { DefinitionRegistry, PastDefinitions } from '../definitions/registry';
import { type Exclusion, isWithin, scopeName } from '../domain/exclusion-scope';
import type { Slo } from '../domain/slo';
import { InvalidInput } from '../http/invalid-input';

/**
 * The SLOs that an exclusion is about. One that is retired is no longer listed, and can still be
 * excluded.
 *
 * @throws InvalidInput where it is about none, which is more likely a slip than a wish
 */
export async function excludedSlos(
  registry: DefinitionRegistry,
  past: PastDefinitions,
  { scope, group }: Pick<Exclusion, 'scope' | 'group'>,
): Promise<readonly Slo[]> {
  const found = slosOf(registry, { scope, group });
  if (found.length > 0) return found;
  const all = registry.current().defined.map(({ slo }) => slo);
  const within = all.filter((slo) => isWithin(scope, slo));
  const value = scopeName(scope);
  if (within.length > 0) {
    const grouped = [...new Set(within.flatMap(({ groupBy }) => groupBy))].sort().join(', ');
    const allowed = grouped === '' ? `none, since ${value} has no groups` : `labels of ${grouped}`;
    throw new InvalidInput([{ field: 'group', value: group, allowed }]);
  }
  if (scope.kind === 'slo' && (await past.find(scope.service, scope.name)) !== null) return [];
  throw new InvalidInput([{ field: scope.kind, value, allowed: known(all, scope) }]);
}

/** Those that are defined. */
export function slosOf(
  registry: DefinitionRegistry,
  { scope, group }: Pick<Exclusion, 'scope' | 'group'>,
): readonly Slo[] {
  const labels = Object.keys(group ?? {});
  return registry
    .current()
    .defined.map(({ slo }) => slo)
    .filter((slo) => isWithin(scope, slo) && labels.every((name) => slo.groupBy.includes(name)));
}

const MOST_NAMED = 20;

function known(all: readonly Slo[], scope: Exclusion['scope']): string {
  if (scope.kind === 'label') {
    const pairs = all.flatMap(({ labels }) => Object.entries(labels).map((pair) => pair.join('=')));
    return oneOf('a label of an SLO', pairs);
  }
  const siblings = all.filter(({ service }) => service === scope.service);
  if (scope.kind === 'slo' && siblings.length > 0) {
    const names = siblings.map(({ service, name }) => `${service}/${name}`);
    return oneOf('an SLO that is defined', names);
  }
  const services = all.map(({ service }) => service);
  return oneOf('a service that has SLOs', services);
}

function oneOf(what: string, values: readonly string[]): string {
  const sorted = [...new Set(values)].sort();
  const shown = sorted.slice(0, MOST_NAMED).join(', ');
  return sorted.length === 0 ? `${what}; there is none` : `${what}, such as ${shown}`;
}
