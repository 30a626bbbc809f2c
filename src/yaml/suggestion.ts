import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean "objective"?)` for a slip of the fingers, nothing for a word of another kind. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(word.toLowerCase(), known);
  const slips = distance(word.toLowerCase(), nearest.toLowerCase());
  return slips <= Math.max(nearest.length < 4 ? 1 : 2, Math.floor(nearest.length / 3))
    ? ` (did you mean ${JSON.stringify(nearest)}?)`
    : '';
}
