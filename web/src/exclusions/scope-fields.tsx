import type { SloPage, SloRow } from '../../../src/slos/view-types';
import { useAnswer } from '../api/answers';
import { Field } from '../kit/field';
import { Choice } from '../kit/form';
import { say } from '../words/say';
import { type FieldsProps, wrongWith } from './fields';
import { WORDS } from './words';

const SCOPES = ['slo', 'service', 'label'] as const;

/** Whose time it is. */
export function ScopeFields(props: FieldsProps) {
  const words = say(WORDS);
  const { draft, change } = props;
  const { scope } = draft;
  const known = useAnswer<SloPage>('/api/v1/slos?limit=1000').data?.items ?? [];
  return (
    <>
      <Choice
        label={words.scope}
        options={SCOPES.map((value) => ({ value, title: words.scopes[value] }))}
        chosen={scope}
        onChoose={(chosen) => {
          change({ scope: chosen });
        }}
      />
      <Field
        label={words.scopeFields[scope]}
        hint={words.scopeHints[scope]}
        problem={wrongWith(props, 'scope', scope)}
      >
        <input
          list={`known-${scope}`}
          autoComplete="off"
          value={draft[scope]}
          onInput={({ currentTarget }) => {
            change({ [scope]: currentTarget.value });
          }}
        />
      </Field>
      <datalist id={`known-${scope}`}>
        {choices(known, scope).map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      {(draft.group !== '' || isGrouped(known, draft.slo)) && (
        <Field label={words.group} hint={words.groupHint}>
          <textarea
            rows={2}
            value={draft.group}
            onInput={({ currentTarget }) => {
              change({ group: currentTarget.value });
            }}
          />
        </Field>
      )}
    </>
  );
}

function choices(rows: readonly SloRow[], scope: (typeof SCOPES)[number]): readonly string[] {
  const values = rows.flatMap(({ slo, service, labels }) => {
    if (scope === 'slo') return [slo];
    if (scope === 'service') return [service];
    return Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  });
  return [...new Set(values)].sort();
}

function isGrouped(rows: readonly SloRow[], slo: string): boolean {
  return rows.some((row) => row.slo === slo && row.group !== null);
}
