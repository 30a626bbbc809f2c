import { say } from '../words/say';
import { COMMON } from '../words/common';
import { LabelledSelect } from './labelled-select';

interface Props {
  readonly label: string;
  /** Null for all of them. */
  readonly value: string | null;
  readonly values: readonly string[];
  readonly onChoose: (value: string | null) => void;
}

/** One of the values that occur, or all of them. */
export function ShortSelect({ label, value, values, onChoose }: Props) {
  const shown = [...new Set(value === null ? values : [...values, value])].sort();
  return (
    <LabelledSelect
      label={label}
      value={value ?? ''}
      onChoose={(chosen) => {
        onChoose(chosen || null);
      }}
    >
      <option value="">{say(COMMON).all}</option>
      {shown.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </LabelledSelect>
  );
}
