import type { Group } from '../../figures/group-text';
import { groupQuery } from '../../router/slo-path';

/** Which SLO a page is about, as the service is asked for it. */
export interface Asking {
  /** `service/name`. */
  readonly slo: string;
  readonly group: Group;
  readonly isRetired: boolean;
}

/** A question about it: `askedPath(asking, 'budget')`. */
export function askedPath(
  { slo, group, isRetired }: Asking,
  what: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...more, ...groupQuery(group) });
  if (isRetired) query.set('retired', 'true');
  const path = `/api/v1/slos/${slo}${what === '' ? '' : `/${what}`}`;
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
