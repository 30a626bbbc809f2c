import { Field } from '../kit/field';
import { Beside } from '../kit/form';
import { say } from '../words/say';
import { type FieldsProps, wrongWith } from './fields';
import css from './rule-fields.module.css';
import { placeOf, type RuleDraft, WEEKDAYS } from './rule';
import { weekdayName } from './rule-sentence';
import { WORDS } from './words';

const EVERY = ['day', 'week', 'monthDay', 'monthWeekday', 'own'] as const;

/** How often it comes, for most of what people mean; anything else as a rule of one's own. */
export function RuleFields(props: FieldsProps) {
  const words = say(WORDS);
  const { rule } = props.draft;
  const set = (changes: Partial<RuleDraft>) => {
    props.change({ rule: { ...rule, ...changes } });
  };
  return (
    <>
      <Beside>
        <Field label={words.every}>
          <select
            value={rule.every}
            onChange={({ currentTarget }) => {
              set({ every: EVERY.find((name) => name === currentTarget.value) ?? 'week' });
            }}
          >
            {EVERY.map((name) => (
              <option key={name} value={name}>
                {words.everies[name]}
              </option>
            ))}
          </select>
        </Field>
        {rule.every === 'own' ? (
          <Field label={words.rule} hint={words.ruleHint} problem={wrongWith(props, 'rrule')}>
            <input
              value={rule.own}
              spellcheck={false}
              onInput={({ currentTarget }) => {
                set({ own: currentTarget.value });
              }}
            />
          </Field>
        ) : (
          <>
            <Field label={words.interval} problem={wrongWith(props, 'rrule')}>
              <input
                type="number"
                min={1}
                max={100}
                value={rule.interval}
                onInput={({ currentTarget }) => {
                  set({ interval: Math.max(1, Math.floor(currentTarget.valueAsNumber) || 1) });
                }}
              />
            </Field>
            <Field label={words.until} hint={words.untilHint}>
              <input
                type="date"
                value={rule.until}
                onInput={({ currentTarget }) => {
                  set({ until: currentTarget.value });
                }}
              />
            </Field>
          </>
        )}
      </Beside>
      {rule.every === 'week' && <Days rule={rule} from={props.draft.from} set={set} />}
    </>
  );
}

function Days({
  rule,
  from,
  set,
}: {
  readonly rule: RuleDraft;
  readonly from: string;
  readonly set: (changes: Partial<RuleDraft>) => void;
}) {
  const chosen = rule.days.length === 0 ? [placeOf(from).weekday] : rule.days;
  return (
    <fieldset class={css['days']}>
      <legend>{say(WORDS).days}</legend>
      {WEEKDAYS.map((day) => (
        <label key={day} class={css['day']}>
          <input
            type="checkbox"
            checked={chosen.includes(day)}
            onChange={({ currentTarget }) => {
              const others = chosen.filter((other) => other !== day);
              set({ days: currentTarget.checked ? [...others, day] : others });
            }}
          />
          {weekdayName(day)}
        </label>
      ))}
    </fieldset>
  );
}
