import { useState } from 'preact/hooks';
import { askAgain } from '../api/answers';
import { send } from '../api/client';
import { problemOf, useSending } from '../api/sending';
import { ButtonFor } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Field } from '../kit/field';
import { Actions, Beside, Choice, Form } from '../kit/form';
import { ProblemBox } from '../kit/problem-box';
import { toast } from '../kit/toasts';
import { chosenZone } from '../settings/chosen-zone';
import { wallOf } from '../settings/clocks';
import { say } from '../words/say';
import { type MarkerDraft, markerBody, missingInMarker } from './marker-draft';
import { MARKER_WORDS } from './marker-words';

const KINDS = ['deploy', 'incident', 'other'] as const;

interface Props {
  /** What is known already: an SLO, the span that was dragged over. */
  readonly given?: Partial<MarkerDraft>;
  readonly onClose: () => void;
}

/** Marks what happened. */
export function MarkerDialog({ given, onClose }: Props) {
  const { marker: words, kinds, addMarker } = say(MARKER_WORDS);
  const timeZone = chosenZone();
  const [draft, setDraft] = useState<MarkerDraft>(() => ({
    ...{ kind: 'deploy', at: wallOf(Date.now(), timeZone), end: '' },
    ...{ text: '', about: '', link: '' },
    ...given,
  }));
  const [isChecked, setChecked] = useState(false);
  const { isBusy, failure, run } = useSending();
  const missing = isChecked ? missingInMarker(draft, timeZone) : [];
  const set = (changes: Partial<MarkerDraft>) => {
    setDraft((before) => ({ ...before, ...changes }));
  };
  const text = (name: 'text' | 'about' | 'link') => (
    <input
      value={draft[name]}
      onInput={({ currentTarget }) => {
        set({ [name]: currentTarget.value });
      }}
    />
  );
  const time = (name: 'at' | 'end') => (
    <input
      type="datetime-local"
      value={draft[name]}
      onInput={({ currentTarget }) => {
        set({ [name]: currentTarget.value });
      }}
    />
  );
  const save = () => {
    setChecked(true);
    if (missingInMarker(draft, timeZone).length > 0) return;
    void run(async () => {
      await send('POST', '/api/v1/markers', { body: markerBody(draft, timeZone) });
      askAgain((key) => key.includes('/markers'));
      toast(words.saved);
      onClose();
    });
  };
  return (
    <Dialog title={addMarker} onClose={onClose}>
      <Form onSubmit={save} isBusy={isBusy}>
        <Choice
          label={words.kind}
          options={KINDS.map((value) => ({ value, title: kinds[value] }))}
          chosen={draft.kind}
          onChoose={(kind) => {
            set({ kind });
          }}
        />
        <Field
          label={words.text}
          problem={missing.includes('text') ? words.missingText : problemOf(failure, 'text')}
        >
          {text('text')}
        </Field>
        <Beside>
          <Field
            label={words.at}
            hint={timeZone}
            problem={missing.includes('at') ? words.missingAt : problemOf(failure, 'at')}
          >
            {time('at')}
          </Field>
          <Field label={words.end} hint={words.endHint} problem={problemOf(failure, 'end')}>
            {time('end')}
          </Field>
        </Beside>
        <Field
          label={words.about}
          hint={words.abouts}
          problem={problemOf(failure, draft.about.includes('/') ? 'slo' : 'service')}
        >
          {text('about')}
        </Field>
        <Field label={words.link} hint={words.linkHint} problem={problemOf(failure, 'link')}>
          {text('link')}
        </Field>
        {failure && <ProblemBox failure={failure} />}
        <Actions>
          <ButtonFor role="editor" kind="main" type="submit" disabled={isBusy}>
            {words.save}
          </ButtonFor>
        </Actions>
      </Form>
    </Dialog>
  );
}
