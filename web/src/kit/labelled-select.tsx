import type { ComponentChildren } from 'preact';
import css from './labelled-select.module.css';

interface Props {
  readonly label: string;
  /** Of one of the options. */
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly children: ComponentChildren;
}

/** A choice beside its label, for the head of a list. */
export function LabelledSelect({ label, value, onChoose, children }: Props) {
  return (
    <label class={css['select']}>
      {label}
      <select
        value={value}
        onChange={({ currentTarget }) => {
          onChoose(currentTarget.value);
        }}
      >
        {children}
      </select>
    </label>
  );
}
