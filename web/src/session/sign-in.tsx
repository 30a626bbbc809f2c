import { useState } from 'preact/hooks';
import { refusal } from '../api/token';
import { Button } from '../kit/button';
import { Field } from '../kit/field';
import { Page } from '../kit/page';
import { say } from '../words/say';
import { signIn } from './session';
import css from './sign-in.module.css';
import { WORDS } from './words';

/** Takes a token. The address stays, so that who signs in is where they wanted to go. */
export function SignIn() {
  const words = say(WORDS);
  const [given, setGiven] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [ended] = useState(refusal.peek());
  const submit = async (event: Event) => {
    event.preventDefault();
    const token = given.trim();
    if (token === '') {
      setProblem(words.missing);
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await signIn(token);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <div class={css['card']}>
      <Page title={words.title}>
        {ended !== null && problem === null && (
          <p role="status">
            {words.ended} {ended}
          </p>
        )}
        <form class={css['form']} onSubmit={(event) => void submit(event)} noValidate>
          <Field label={words.token} hint={words.hint} problem={problem}>
            <input
              type="password"
              autoComplete="off"
              spellcheck={false}
              autoFocus
              value={given}
              onInput={(event) => {
                setGiven(event.currentTarget.value);
              }}
            />
          </Field>
          <Button kind="main" type="submit" disabled={isBusy}>
            {words.enter}
          </Button>
        </form>
      </Page>
    </div>
  );
}
