import { InvalidInput } from './invalid-input';

export const LABEL_PREFIX = 'label.';

/** The `label.<name>` parameters of a request. */
export function labelFilters(
  query: Readonly<Record<string, unknown>>,
): readonly (readonly [string, string])[] {
  return Object.entries(query).flatMap(([key, value]): readonly (readonly [string, string])[] => {
    if (!key.startsWith(LABEL_PREFIX)) return [];
    if (typeof value !== 'string') {
      throw new InvalidInput([{ field: key, value, allowed: 'one value' }]);
    }
    return [[key.slice(LABEL_PREFIX.length), value]];
  });
}

/** The parameters without `label.<name>`, which no class can declare. */
export function withoutLabels(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([key]) => !key.startsWith(LABEL_PREFIX)));
}
