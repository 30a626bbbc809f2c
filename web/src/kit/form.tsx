import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import css from './form.module.css';

/** Fields below each other, and what to do with them at the end. Nothing changes while it is sent. */
export function Form({
  onSubmit,
  isBusy = false,
  children,
}: {
  readonly onSubmit: () => void;
  readonly isBusy?: boolean;
  readonly children: ComponentChildren;
}) {
  const form = useRef<HTMLFormElement>(null);
  const sentFrom = useRef<Element | null>(null);
  // What is disabled loses the focus: it comes back with the answer.
  useEffect(() => {
    const { current: before } = sentFrom;
    const isLost = form.current?.contains(document.activeElement) === false;
    if (!isBusy && isLost && before instanceof HTMLElement && before.isConnected) before.focus();
  }, [isBusy]);
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sentFrom.current = document.activeElement;
        onSubmit();
      }}
    >
      <fieldset class={css['form']} disabled={isBusy}>
        {children}
      </fieldset>
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
