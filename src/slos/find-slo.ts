import { NotFoundException } from '@nestjs/common';
import type { Defined, DefinitionRegistry } from '../definitions/registry';
import { type Group, sloId } from '../domain/slo';
import { InvalidInput } from '../http/invalid-input';
import { LABEL_PREFIX, labelFilters } from '../http/label-filters';

/** @throws NotFoundException that names what there is */
export function findSlo(registry: DefinitionRegistry, service: string, name: string): Defined {
  const all = registry.current().defined;
  const found = all.find(({ slo }) => slo.service === service && slo.name === name);
  if (found !== undefined) return found;
  const siblings = all.filter(({ slo }) => slo.service === service).map(({ slo }) => slo.name);
  const hint =
    siblings.length > 0
      ? `its SLOs are: ${siblings.sort().join(', ')}`
      : `the services are: ${[...new Set(all.map(({ slo }) => slo.service))].sort().join(', ')}`;
  throw new NotFoundException(`there is no SLO ${service}/${name}; ${hint}`);
}

/**
 * The group that `label.<name>=<value>` parameters choose; null where there are none, which means
 * all groups together.
 */
export function chosenGroup(entry: Defined, query: Readonly<Record<string, unknown>>): Group {
  const { slo } = entry;
  const chosen = labelFilters(query);
  if (chosen.length === 0) return null;
  const unknown = chosen.find(([label]) => !slo.groupBy.includes(label));
  const missing = slo.groupBy.find((label) => !chosen.some(([name]) => name === label));
  if (unknown === undefined && missing === undefined) return Object.fromEntries(chosen);
  const field = `${LABEL_PREFIX}${unknown?.[0] ?? missing ?? ''}`;
  const allowed =
    slo.groupBy.length === 0
      ? `none, since ${sloId(slo)} has no groups`
      : `all of ${slo.groupBy.map((label) => LABEL_PREFIX + label).join(', ')}`;
  throw new InvalidInput([{ field, value: query[field] ?? null, allowed }]);
}

export function nothingCollected({ slo }: Defined, group: Group): NotFoundException {
  const which = group === null ? '' : ` with ${JSON.stringify(group)}`;
  return new NotFoundException(`nothing has been collected for ${sloId(slo)}${which} yet`);
}
