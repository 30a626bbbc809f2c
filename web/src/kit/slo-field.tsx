import { useId } from 'preact/hooks';
import type { DefinitionPage } from '../../../src/authoring/definition-views';
import { useAnswer } from '../api/answers';
import { useRested } from '../api/rested';
import { useSteady } from '../api/steady';
import { Field } from './field';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | null;
  /** `service/name`, or a part of it. */
  readonly value: string;
  readonly onInput: (value: string) => void;
}

const PROPOSED = '20';
const REST_MS = 200;

/** The name of an SLO; those that have what is typed in their names are proposed. */
export function SloField({ label, hint, problem, value, onInput }: Props) {
  const list = useId();
  const names = useProposed(value.trim());
  return (
    <>
      <Field label={label} problem={problem ?? null} {...(hint !== undefined && { hint })}>
        <input
          list={list}
          autoComplete="off"
          spellcheck={false}
          maxLength={200}
          value={value}
          onInput={({ currentTarget }) => {
            onInput(currentTarget.value);
          }}
        />
      </Field>
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

function useProposed(typed: string): readonly string[] {
  const q = useRested(typed, REST_MS);
  const asked = new URLSearchParams({ limit: PROPOSED, ...(q !== '' && { q }) });
  const path = `/api/v1/definitions?${asked.toString()}`;
  const { data } = useSteady('proposed', useAnswer<DefinitionPage>(path));
  return [...new Set((data?.items ?? []).map(({ slo }) => slo))];
}
