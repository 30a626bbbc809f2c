import { MOST_CHARACTERS } from './merge-selectors';
import { quoted } from './quoting';

export const QUERY_LABEL = 'slowburn_query';

/** A third of the cost of single queries; beyond, one slow query holds up too many others. */
const MOST_TOGETHER = 16;

/**
 * Queries that share nothing, asked as one: each one's series carry its number.
 *
 *     label_replace(q0, "slowburn_query", "0", "", "") or label_replace(q1, …) or …
 */
export function joinQueries(queries: readonly string[]): string {
  return queries.map(marked).join(' or ');
}

/** Cuts queries into lots that may be asked as one each. */
export function lotsOf<T>(
  items: readonly T[],
  queryOf: (item: T) => string,
  mostCharacters: number = MOST_CHARACTERS,
): readonly (readonly T[])[] {
  const lots: T[][] = [];
  let characters = Infinity;
  for (const item of items) {
    const length = marked(queryOf(item), 0).length + 4;
    const lot = lots.at(-1);
    if (lot === undefined || lot.length >= MOST_TOGETHER || characters + length > mostCharacters) {
      lots.push([item]);
      characters = length;
    } else {
      lot.push(item);
      characters += length;
    }
  }
  return lots;
}

/** On lines of its own, since a query may end with a comment. */
function marked(query: string, index: number): string {
  return `label_replace(\n${query}\n, ${quoted(QUERY_LABEL)}, "${index}", "", "")`;
}
