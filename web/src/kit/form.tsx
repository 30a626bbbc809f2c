import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import css from './form.module.css';

/** Fields below each other, and what to do with them at the end. */
export function Form({
  onSubmit,
  children,
}: {
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <form
      class={css['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

/** Fields beside each other, where there is room. */
export function Beside({ children }: { readonly children: ComponentChildren }) {
  return <div class={css['beside']}>{children}</div>;
}

export function Actions({ children }: { readonly children: ComponentChildren }) {
  return <div class={css['actions']}>{children}</div>;
}

export interface Option<Value extends string> {
  readonly value: Value;
  readonly title: string;
  /** What it means, in a sentence. */
  readonly about?: string;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** One of a few, all of them in sight. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, options, chosen, onChoose } = props;
  const name = useId();
  return (
    <fieldset class={css['choice']}>
      <legend>{label}</legend>
      <div class={css['options']}>
        {options.map(({ value, title, about }) => (
          <label key={value} class={css['option']}>
            <input
              type="radio"
              name={name}
              checked={value === chosen}
              onChange={() => {
                onChoose(value);
              }}
            />
            <span>
              {title}
              {about !== undefined && <span class={css['about']}>{about}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
