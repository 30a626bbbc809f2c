import type { Group } from '../../domain/slo';

/** `endpoint="/cars",zone="b"`; empty without a group. */
export function groupText(group: Group): string {
  return Object.entries(group ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',');
}
