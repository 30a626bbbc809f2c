import type { ApiFailure } from '../api/failure';
import { Icon } from './icons';
import css from './problem-box.module.css';

/** Why something that was asked for was not done; of wrong inputs, each with what is allowed. */
export function ProblemBox({ failure }: { readonly failure: ApiFailure }) {
  const { detail, errors } = failure.problem;
  return (
    <div class={css['box']} role="alert">
      <Icon name="critical" class={css['icon']} />
      <div>
        <p>{detail}</p>
        {errors.length > 1 && (
          <ul class={css['list']}>
            {errors.map(({ field, allowed }) => (
              <li key={field}>
                <code>{field}</code>: {allowed}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
