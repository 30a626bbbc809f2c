import type { ApiFailure } from '../../api/failure';
import { say } from '../../words/say';
import css from './what-if.module.css';
import { WORDS } from './words';

/** Why there is no answer; the last one stays below. */
export function Refused({ failure }: { readonly failure: ApiFailure }) {
  const { detail, errors } = failure.problem;
  return (
    <div class={css['refused']} role="alert">
      <strong>{say(WORDS).refused}</strong>
      {errors.length === 0 ? (
        <p>{detail}</p>
      ) : (
        <ul>
          {errors.map(({ field, value, allowed, message }) => (
            <li key={field}>{message ?? `${field} ${JSON.stringify(value)}, ${allowed}`}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
