import { Field } from '../kit/field';
import { Choice } from '../kit/form';
import { me } from '../session/session';
import { say } from '../words/say';
import { type FieldsProps, wrongWith } from './fields';
import { WORDS } from './words';

/** What becomes of the events, why, and who says so where nobody is signed in. */
export function WhyFields(props: FieldsProps) {
  const words = say(WORDS);
  const { draft, change } = props;
  return (
    <>
      <Choice
        label={words.treatment}
        options={(['drop', 'countGood'] as const).map((value) => ({
          value,
          title: words.treatments[value],
          about: words.treatmentsAbout[value],
        }))}
        chosen={draft.treatment}
        onChoose={(treatment) => {
          change({ treatment });
        }}
      />
      <Field label={words.reason} hint={words.reasonHint} problem={wrongWith(props, 'reason')}>
        <textarea
          rows={2}
          maxLength={1000}
          value={draft.reason}
          onInput={({ currentTarget }) => {
            change({ reason: currentTarget.value });
          }}
        />
      </Field>
      {me.value?.auth === 'none' && (
        <Field label={words.author} problem={wrongWith(props, 'author')}>
          <input
            maxLength={200}
            value={draft.author}
            onInput={({ currentTarget }) => {
              change({ author: currentTarget.value });
            }}
          />
        </Field>
      )}
    </>
  );
}
