const LONGEST = 80;

/** A value as a message names it: short, on one line, control characters escaped. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return mapping(Object.keys(value));
  if (typeof value !== 'string') return `${value as number | boolean | bigint}`;
  return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value);
}

function mapping(keys: readonly string[]): string {
  return keys.length === 0 ? 'an empty mapping' : `a mapping of ${shown(keys.join(', '))}`;
}
