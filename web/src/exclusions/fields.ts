import type { ApiFailure } from '../api/failure';
import { problemOf } from '../api/sending';
import { say } from '../words/say';
import type { Draft, Missing } from './draft';
import { WORDS } from './words';

/** What a part of the form is given. */
export interface FieldsProps {
  readonly draft: Draft;
  readonly missing: readonly Missing[];
  readonly failure: ApiFailure | undefined;
  readonly change: (changes: Partial<Draft>) => void;
}

/** What is wrong with a field, as the form sees it, or the service does. */
export function wrongWith(
  { missing, failure }: FieldsProps,
  field: Missing,
  sent: string = field,
): string | null {
  return missing.includes(field) ? say(WORDS).missing[field] : problemOf(failure, sent);
}
