import { useId } from 'preact/hooks';
import type { SloRow, SloView } from '../../../src/slos/view-types';
import { useAnswer } from '../api/answers';
import { useRested } from '../api/rested';
import { useSloRows } from '../api/slo-rows';
import { Field } from '../kit/field';
import { Choice } from '../kit/form';
import { SloField } from '../kit/slo-field';
import { say } from '../words/say';
import { type FieldsProps, wrongWith } from './fields';
import { WORDS } from './words';

const SCOPES = ['slo', 'service', 'label'] as const;

/** Whose time it is. */
export function ScopeFields(props: FieldsProps) {
  const words = say(WORDS);
  const { draft, change } = props;
  const { scope } = draft;
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
      {scope === 'slo' ? (
        <SloField
          label={words.scopeFields.slo}
          hint={words.scopeHints.slo}
          problem={wrongWith(props, 'scope', 'slo')}
          value={draft.slo}
          onInput={(slo) => {
            change({ slo });
          }}
        />
      ) : (
        <ManyField {...props} scope={scope} />
      )}
      <GroupField {...props} />
    </>
  );
}

/** A service or a label; those that SLOs have are proposed. */
function ManyField({ scope, ...props }: FieldsProps & { readonly scope: 'service' | 'label' }) {
  const words = say(WORDS);
  const list = useId();
  const known = useSloRows().data ?? [];
  return (
    <>
      <Field
        label={words.scopeFields[scope]}
        hint={words.scopeHints[scope]}
        problem={wrongWith(props, 'scope', scope)}
      >
        <input
          list={list}
          autoComplete="off"
          value={props.draft[scope]}
          onInput={({ currentTarget }) => {
            props.change({ [scope]: currentTarget.value });
          }}
        />
      </Field>
      <datalist id={list}>
        {choices(known, scope).map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </>
  );
}

const SLO = /^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/;
const REST_MS = 300;

/** Of an SLO with groups, or where one was chosen before. */
function GroupField(props: FieldsProps) {
  const words = say(WORDS);
  const { draft, change } = props;
  const slo = useRested(draft.scope === 'slo' ? draft.slo.trim() : '', REST_MS);
  const { data } = useAnswer<SloView>(SLO.test(slo) ? `/api/v1/slos/${slo}` : null);
  const isGrouped = (data?.definition.groupBy.length ?? 0) > 0;
  if (draft.group === '' && !isGrouped) return null;
  return (
    <Field label={words.group} hint={words.groupHint} problem={wrongWith(props, 'group')}>
      <textarea
        rows={2}
        spellcheck={false}
        value={draft.group}
        onInput={({ currentTarget }) => {
          change({ group: currentTarget.value });
        }}
      />
    </Field>
  );
}

function choices(rows: readonly SloRow[], scope: 'service' | 'label'): readonly string[] {
  const values = rows.flatMap(({ service, labels }) =>
    scope === 'service'
      ? [service]
      : Object.entries(labels).map(([name, value]) => `${name}=${value}`),
  );
  return [...new Set(values)].sort();
}
