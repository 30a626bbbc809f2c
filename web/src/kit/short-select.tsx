import { say } from '../words/say';
import { COMMON } from '../words/common';
import css from './short-select.module.css';

interface Props {
  readonly label: string;
  /** Null for all of them. */
  readonly value: string | null;
  readonly values: readonly string[];
  readonly onChoose: (value: string | null) => void;
}

/** One of the values that occur, or all of them; beside its label, for the head of a list. */
export function ShortSelect({ label, value, values, onChoose }: Props) {
  const shown = [...new Set(value === null ? values : [...values, value])].sort();
  return (
    <label class={css['select']}>
      {label}
      <select
        value={value ?? ''}
        onChange={({ currentTarget }) => {
          onChoose(currentTarget.value || null);
        }}
      >
        <option value="">{say(COMMON).all}</option>
        {shown.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}
