/** A version as an entity tag: `"17"`. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** What a request demands of the present state, RFC 9110, 13.1. */
export interface Preconditions {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/**
 * Why a change must not be made, or null where it may.
 *
 * A weak tag is taken for the strong one: proxies that compress make `W/"17"` of `"17"`, and a
 * version is the same in any encoding.
 *
 * @param version of what is there; null where nothing is
 */
export function preconditionFailure(
  { ifMatch, ifNoneMatch }: Preconditions,
  version: number | null,
): string | null {
  const now = version === null ? 'nothing is there' : `the present one is ${entityTag(version)}`;
  if (ifMatch !== undefined && !matches(ifMatch, version)) {
    return `If-Match is ${ifMatch}, and ${now}`;
  }
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, version)) {
    return `If-None-Match is ${ifNoneMatch}, and ${now}`;
  }
  return null;
}

function matches(tags: string, version: number | null): boolean {
  if (version === null) return false;
  return tags
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === entityTag(version));
}
