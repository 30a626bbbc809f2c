import { useState } from 'preact/hooks';
import { askAgain } from '../../api/answers';
import { send } from '../../api/client';
import { problemOf, useSending } from '../../api/sending';
import { ButtonFor } from '../../kit/button';
import { Dialog } from '../../kit/dialog';
import { Field } from '../../kit/field';
import { Actions, Form } from '../../kit/form';
import { ProblemBox } from '../../kit/problem-box';
import { Note } from '../../kit/section';
import { toast } from '../../kit/toasts';
import { setQuery } from '../../router/place';
import { say } from '../../words/say';
import { WORDS } from './words';

interface Props {
  readonly month: string;
  readonly timeZone: string;
  readonly isClosed: boolean;
  readonly isOver: boolean;
}

/** Freezes a month that is over, or corrects one that is frozen; with a reason. */
export function CloseMonth(props: Props) {
  const words = say(WORDS);
  const [isOpen, setOpen] = useState(false);
  if (!props.isOver) return <Note>{words.notOver}</Note>;
  return (
    <>
      <ButtonFor
        role="editor"
        onClick={() => {
          setOpen(true);
        }}
      >
        {props.isClosed ? words.correct : words.close}
      </ButtonFor>
      {isOpen && (
        <CloseDialog
          {...props}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function CloseDialog({
  month,
  timeZone,
  isClosed,
  onClose,
}: Props & { readonly onClose: () => void }) {
  const words = say(WORDS);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { isBusy, failure, run } = useSending();
  const close = () => {
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    void run(async () => {
      const zone = new URLSearchParams({ timeZone }).toString();
      const path = `/api/v1/reports/monthly/${month}/revisions?${zone}`;
      await send('POST', path, { body: { reason: reason.trim() } });
      setQuery({ revision: null });
      askAgain((key) => key.includes('/api/v1/reports'));
      toast(words.closed);
      onClose();
    });
  };
  const title = isClosed ? words.correct : words.close;
  return (
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={close}>
        <p>{isClosed ? words.correctText : words.closeText}</p>
        <Field
          label={words.reason}
          hint={words.reasonHint}
          problem={isMissing ? words.missingReason : problemOf(failure, 'reason')}
        >
          <textarea
            rows={2}
            maxLength={1000}
            value={reason}
            onInput={({ currentTarget }) => {
              setReason(currentTarget.value);
            }}
          />
        </Field>
        {failure && <ProblemBox failure={failure} />}
        <Actions>
          <ButtonFor role="editor" kind="main" type="submit" disabled={isBusy}>
            {title}
          </ButtonFor>
        </Actions>
      </Form>
    </Dialog>
  );
}
