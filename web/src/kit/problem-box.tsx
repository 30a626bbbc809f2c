import type { ComponentChildren } from 'preact';
import type { ApiFailure } from '../api/failure';
import { told } from '../figures/told';
import { Icon } from './icons';
import css from './problem-box.module.css';

interface Props {
  readonly failure: ApiFailure;
  /** What was refused. */
  readonly title?: string;
  /** In place of what the service says. */
  readonly children?: ComponentChildren;
}

/** Why something that was asked for was not done; of several wrong inputs, each with what is allowed. */
export function ProblemBox({ failure, title, children }: Props) {
  return (
    <div class={css['box']} role="alert">
      <Icon name="critical" class={css['icon']} />
      <div class={css['text']}>
        {title !== undefined && <strong>{title}</strong>}
        {children ?? <Said failure={failure} />}
      </div>
    </div>
  );
}

function Said({ failure }: { readonly failure: ApiFailure }) {
  const figures = told.value;
  const { detail, errors } = failure.problem;
  return (
    <>
      <p>
        <bdi>{figures.sentence(detail)}</bdi>
      </p>
      {errors.length > 1 && (
        <ul class={css['list']}>
          {errors.map(({ field, allowed, message }) => (
            <li key={field}>{figures.sentence(message ?? `${field}: ${allowed}`)}</li>
          ))}
        </ul>
      )}
    </>
  );
}
