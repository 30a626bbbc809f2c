import type { Group } from '../figures/group-text';
import type { Params } from './match-path';

/** A page of an SLO, or of one of its groups; alerts link to the same. */
export function sloPath(
  slo: string,
  group: Group = null,
  page: 'slos' | 'what-if' | 'definitions' = 'slos',
): string {
  const query = new URLSearchParams(groupQuery(group));
  return `/${page}/${slo}${query.size === 0 ? '' : `?${query.toString()}`}`;
}

/** A group as parameters of an address, and of what the service is asked. */
export function groupQuery(group: Group): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(group ?? {}).map(([name, value]) => [`label.${name}`, value]),
  );
}

/** The group that an address names, or null where it names none. */
export function groupOf(query: URLSearchParams): Group {
  const labels = [...query]
    .filter(([name]) => name.startsWith('label.'))
    .map(([name, value]) => [name.slice('label.'.length), value] as const);
  return labels.length === 0 ? null : Object.fromEntries(labels);
}

/** `service/name`, of the address of one of its pages. */
export function sloOf({ service = '', name = '' }: Params): string {
  return `${service}/${name}`;
}
