import { useState } from 'preact/hooks';
import type { SloBackfillView } from '../../../../src/collection/backfill.dto';
import { askAgain, useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { send } from '../../api/client';
import { problemOf, useSending } from '../../api/sending';
import { told } from '../../figures/told';
import { ButtonFor } from '../../kit/button';
import { Dialog } from '../../kit/dialog';
import { Field } from '../../kit/field';
import { Actions, Beside, Form } from '../../kit/form';
import { ProblemBox } from '../../kit/problem-box';
import { Note } from '../../kit/section';
import { SloField } from '../../kit/slo-field';
import { Shown } from '../../kit/states';
import { toast } from '../../kit/toasts';
import { say } from '../../words/say';
import { WORDS } from './words';

const SLO = /^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/;
const PATH = '/api/v1/collection/backfill';

/** Asks for history beyond an SLO's window, and shows how far the reading is. */
export function AskHistory({ onClose }: { readonly onClose: () => void }) {
  const words = say(WORDS);
  const [slo, setSlo] = useState('');
  const [from, setFrom] = useState('');
  const [isChecked, setChecked] = useState(false);
  const { isBusy, failure, run } = useSending();
  const ask = () => {
    setChecked(true);
    if (slo === '' || from === '') return;
    void run(async () => {
      const body = { slo: slo.trim(), from: `${from}T00:00:00Z` };
      const { reason } = await send<SloBackfillView>('POST', PATH, { body });
      askAgain((key) => key.startsWith('/api/v1/collection'));
      toast(reason === null ? words.asked : told.value.sentence(reason));
    });
  };
  return (
    <Dialog title={words.ask} onClose={onClose}>
      <Form onSubmit={ask} isBusy={isBusy}>
        <Note>{words.askText}</Note>
        <Beside>
          <SloField
            label={words.slo}
            problem={isChecked && slo === '' ? words.missingSlo : problemOf(failure, 'slo')}
            value={slo}
            onInput={setSlo}
          />
          <Field
            label={words.from}
            hint="00:00 UTC"
            problem={isChecked && from === '' ? words.missingFrom : problemOf(failure, 'from')}
          >
            <input
              type="date"
              value={from}
              max={new Date().toISOString().slice(0, 10)}
              onInput={({ currentTarget }) => {
                setFrom(currentTarget.value);
              }}
            />
          </Field>
        </Beside>
        {SLO.test(slo) && <Left slo={slo} />}
        {failure && <ProblemBox failure={failure} />}
        <Actions>
          <ButtonFor role="admin" kind="main" type="submit" disabled={isBusy}>
            {words.askFor}
          </ButtonFor>
        </Actions>
      </Form>
    </Dialog>
  );
}

function Left({ slo }: { readonly slo: string }) {
  const words = say(WORDS);
  const figures = told.value;
  const answer = useAnswer<SloBackfillView>(`${PATH}/${slo}`, { follows: tick });
  return (
    <Shown of={answer}>
      {({ from, steps, asked }) => (
        <Note>
          {words.readTo(figures.instant(from))}{' '}
          {steps === 0 ? words.leftNone : words.left(figures.count(steps))}{' '}
          {asked !== null && words.askedBy(asked.by, figures.instant(asked.at))}
        </Note>
      )}
    </Shown>
  );
}
