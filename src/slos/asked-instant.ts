import { answeredInstant } from '../evaluation/look-back';
import { InvalidInput } from '../http/invalid-input';
import type { Present } from './present';

/**
 * The instant that answers a question: the last step that was due where none is named.
 *
 * @throws InvalidInput when it is in the future
 */
export function askedInstant(at: string | undefined, present: Present, field = 'at'): number {
  if (at === undefined) return present.latest();
  const asked = Date.parse(at) / 1000;
  const now = present.now();
  if (asked > now) {
    const allowed = `an instant that has passed, up to ${new Date(now * 1000).toISOString()}`;
    throw new InvalidInput([{ field, value: at, allowed }]);
  }
  return Math.min(answeredInstant(asked, now), present.latest());
}

/** What is retired is asked, unless told otherwise, for the last instant at which it was defined. */
export function foundInstant(
  { retiredAt }: { readonly retiredAt: number | null },
  at: string | undefined,
  present: Present,
  field = 'at',
): number {
  const asked = askedInstant(at, present, field);
  return at === undefined && retiredAt !== null ? Math.min(asked, retiredAt) : asked;
}
