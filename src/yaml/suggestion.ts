import { closest, distance } from 'fastest-levenshtein';
import { quotedText } from '../domain/quoted-text';

/** ` (did you mean "objective"?)` for a slip of the fingers, nothing for a word of another kind. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearTo(word, known);
  return near === null ? '' : ` (did you mean ${quotedText(near)}?)`;
}

/** ` (was "serivce" meant for it?)` for a key that is missing, where one is written that nearly is it. */
export function wasItMeant(missing: string, written: readonly string[]): string {
  const near = nearTo(missing, written);
  return near === null ? '' : ` (was ${quotedText(near)} meant for it?)`;
}

function nearTo(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const nearest = closest(word.toLowerCase(), known);
  const slips = distance(word.toLowerCase(), nearest.toLowerCase());
  const allowed = Math.max(nearest.length < 4 ? 1 : 2, Math.floor(nearest.length / 3));
  return slips <= allowed ? nearest : null;
}
