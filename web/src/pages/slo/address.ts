import type { Params } from '../../router/match-path';

/** Which SLO a page is about, as the service is asked for it. */
export interface Asking {
  /** `service/name`. */
  readonly slo: string;
  readonly group: Readonly<Record<string, string>> | null;
  readonly isRetired: boolean;
}

export function sloOf({ service = '', name = '' }: Params): string {
  return `${service}/${name}`;
}

/** A question about it: `askedPath(asking, 'budget')`. */
export function askedPath(
  { slo, group, isRetired }: Asking,
  what: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams(more);
  for (const [name, value] of Object.entries(group ?? {})) query.set(`label.${name}`, value);
  if (isRetired) query.set('retired', 'true');
  const path = `/api/v1/slos/${slo}${what === '' ? '' : `/${what}`}`;
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

export function isSameGroup(a: Asking['group'], b: Asking['group']): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(group: Asking['group']): readonly (readonly [string, string])[] {
  return Object.entries(group ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
