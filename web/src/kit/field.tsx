import type { VNode } from 'preact';
import { cloneElement } from 'preact';
import { useId } from 'preact/hooks';
import { told } from '../figures/told';
import css from './field.module.css';

interface ControlProps {
  readonly id?: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: boolean;
}

interface Props {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with it, as the service or the page says; null where nothing is. */
  readonly problem?: string | null;
  /** One input, select or textarea. */
  readonly children: VNode<ControlProps>;
}

/** A control with its name, what to write into it, and what is wrong with what was written. */
export function Field({ label, hint, problem = null, children }: Props) {
  const id = useId();
  const describedBy = [
    hint === undefined ? '' : `${id}-hint`,
    problem === null ? '' : `${id}-problem`,
  ];
  return (
    <div class={css['field']}>
      <label class={css['label']} for={id}>
        {label}
      </label>
      {cloneElement(children, {
        id,
        'aria-describedby': describedBy.filter((part) => part !== '').join(' ') || undefined,
        'aria-invalid': problem !== null,
      })}
      {hint !== undefined && (
        <p class={css['hint']} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem !== null && (
        <p class={css['problem']} id={`${id}-problem`} role="alert">
          {told.value.sentence(problem)}
        </p>
      )}
    </div>
  );
}
