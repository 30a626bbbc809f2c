/** RFC 3339 in UTC, to the second where it is a whole one: `2026-10-31T00:00:00Z`. @param at epoch seconds */
export function rfc3339(at: number): string {
  return toMillisecond(at).replace('.000Z', 'Z');
}

/** RFC 3339 in UTC, always with milliseconds: `2026-10-31T00:00:00.000Z`. @param at epoch seconds */
export function toMillisecond(at: number): string {
  return new Date(at * 1000).toISOString();
}
