import { Field } from '../kit/field';
import { Beside, Choice } from '../kit/form';
import { say } from '../words/say';
import { onClocksOf } from './draft';
import { type FieldsProps, wrongWith } from './fields';
import { RuleFields } from './rule-fields';
import { WORDS } from './words';

/** When it is, on the clocks of one zone. */
export function WhenFields(props: FieldsProps) {
  const words = say(WORDS);
  const { draft, change } = props;
  const { repeats, from, to, timeZone } = draft;
  return (
    <>
      <Choice
        label={words.when}
        options={[
          { value: 'once', title: words.repeats.once },
          { value: 'again', title: words.repeats.again },
        ]}
        chosen={repeats ? 'again' : 'once'}
        onChoose={(chosen) => {
          change({ repeats: chosen === 'again' });
        }}
      />
      <Beside>
        <Field
          label={repeats ? words.firstFrom : words.from}
          hint={words.onClocks(timeZone)}
          problem={wrongWith(props, 'from')}
        >
          <input
            type="datetime-local"
            value={from}
            onInput={({ currentTarget }) => {
              change({ from: currentTarget.value });
            }}
          />
        </Field>
        {repeats ? (
          <Field
            label={words.duration}
            hint={words.durationHint}
            problem={wrongWith(props, 'duration')}
          >
            <input
              value={draft.duration}
              onInput={({ currentTarget }) => {
                change({ duration: currentTarget.value });
              }}
            />
          </Field>
        ) : (
          <Field label={words.to} problem={wrongWith(props, 'to')}>
            <input
              type="datetime-local"
              value={to}
              onInput={({ currentTarget }) => {
                change({ to: currentTarget.value });
              }}
            />
          </Field>
        )}
      </Beside>
      {repeats && <RuleFields {...props} />}
      {repeats && <ZoneField {...props} />}
    </>
  );
}

/** Any that the browser knows; leaving the field with another keeps the instants. */
function ZoneField({ draft, change }: FieldsProps) {
  const words = say(WORDS);
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return (
    <Field label={words.timeZone} hint={words.timeZoneHint}>
      <select
        value={draft.timeZone}
        onChange={({ currentTarget }) => {
          change(onClocksOf(draft, currentTarget.value));
        }}
      >
        {[...new Set([draft.timeZone, ...zones])].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </Field>
  );
}
