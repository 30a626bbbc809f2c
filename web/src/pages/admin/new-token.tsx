import { useState } from 'preact/hooks';
import type { CreatedTokenView } from '../../../../src/auth/tokens.dto';
import { askAgain } from '../../api/answers';
import { send } from '../../api/client';
import { problemOf, useSending } from '../../api/sending';
import { Button } from '../../kit/button';
import { Dialog } from '../../kit/dialog';
import { Field } from '../../kit/field';
import { Actions, Beside, Choice, Form } from '../../kit/form';
import { ProblemBox } from '../../kit/problem-box';
import { ROLES } from '../../session/role';
import { COMMON } from '../../words/common';
import { say } from '../../words/say';
import { MadeToken } from './made-token';
import { WORDS } from './words';

/** Makes a token, and shows it this once. */
export function NewToken({ onClose }: { readonly onClose: () => void }) {
  const words = say(WORDS);
  const { roles } = say(COMMON);
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('viewer');
  const [life, setLife] = useState('90d');
  const [isChecked, setChecked] = useState(false);
  const [made, setMade] = useState<CreatedTokenView | null>(null);
  const { isBusy, failure, run } = useSending();
  const make = () => {
    setChecked(true);
    if (name.trim() === '') return;
    const expiresIn = life.trim();
    const body = { name: name.trim(), role, ...(expiresIn !== '' && { expiresIn }) };
    void run(async () => {
      setMade(await send<CreatedTokenView>('POST', '/api/v1/tokens', { body }));
      askAgain((key) => /\/api\/v1\/(tokens|audit)/.test(key));
    });
  };
  return (
    <Dialog title={words.make} onClose={onClose}>
      {made === null ? (
        <Form onSubmit={make}>
          <Beside>
            <Field
              label={words.name}
              hint={words.nameHint}
              problem={
                isChecked && name.trim() === '' ? words.missingName : problemOf(failure, 'name')
              }
            >
              <input
                value={name}
                autoComplete="off"
                spellcheck={false}
                onInput={({ currentTarget }) => {
                  setName(currentTarget.value);
                }}
              />
            </Field>
            <Field
              label={words.life}
              hint={words.lifeHint}
              problem={problemOf(failure, 'expiresIn')}
            >
              <input
                value={life}
                onInput={({ currentTarget }) => {
                  setLife(currentTarget.value);
                }}
              />
            </Field>
          </Beside>
          <Choice
            label={words.role}
            options={ROLES.map((value) => ({
              value,
              title: roles[value],
              about: words.roleAbout[value],
            }))}
            chosen={role}
            onChoose={setRole}
          />
          {failure && <ProblemBox failure={failure} />}
          <Actions>
            <Button kind="main" type="submit" disabled={isBusy}>
              {words.make}
            </Button>
          </Actions>
        </Form>
      ) : (
        <MadeToken token={made.token} onDone={onClose} />
      )}
    </Dialog>
  );
}
