import { quotedText } from '../domain/quoted-text';

const LONGEST = 80;

/** A value as a message names it: short, on one line, control characters escaped. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quotedText(value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value);
    case 'object':
      if (value === null) return 'empty';
      if (Array.isArray(value)) return `a list of ${value.length}`;
      return mapping(Object.keys(value));
    case 'undefined':
      return 'empty';
    default:
      return String(value);
  }
}

function mapping(keys: readonly string[]): string {
  return keys.length === 0 ? 'an empty mapping' : `a mapping of ${shown(keys.join(', '))}`;
}
