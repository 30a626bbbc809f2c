import { Field } from '../../kit/field';
import { query, setQuery } from '../../router/place';
import { LANGUAGES } from '../../settings/language';
import { say } from '../../words/say';
import css from './reports.module.css';
import { WORDS } from './words';

interface Props {
  readonly services: readonly string[];
  readonly revisions: readonly number[];
  readonly spoken: string;
}

/** Of what, in which language, as it was closed when; all of it in the address. */
export function ReportBar({ services, revisions, spoken }: Props) {
  const words = say(WORDS);
  return (
    <div class={css['bar']}>
      <Field label={words.service}>
        <select
          value={query.value.get('service') ?? ''}
          onChange={({ currentTarget }) => {
            setQuery({ service: currentTarget.value || null });
          }}
        >
          <option value="">{words.allServices}</option>
          {services.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={words.language}>
        <select
          value={spoken}
          onChange={({ currentTarget }) => {
            setQuery({ language: currentTarget.value || null });
          }}
        >
          {LANGUAGES.map((name) => (
            <option key={name} value={name}>
              {words.languages[name]}
            </option>
          ))}
        </select>
      </Field>
      {revisions.length > 1 && (
        <Field label={words.revision}>
          <select
            value={query.value.get('revision') ?? ''}
            onChange={({ currentTarget }) => {
              setQuery({ revision: currentTarget.value || null });
            }}
          >
            <option value="">{words.latest}</option>
            {revisions.map((revision) => (
              <option key={revision} value={revision}>
                {revision}
              </option>
            ))}
          </select>
        </Field>
      )}
    </div>
  );
}
