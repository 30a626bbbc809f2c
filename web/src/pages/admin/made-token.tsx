import { Button } from '../../kit/button';
import { CopyButton } from '../../kit/copy-button';
import { Field } from '../../kit/field';
import { Actions } from '../../kit/form';
import { say } from '../../words/say';
import css from './admin.module.css';
import { WORDS } from './words';

/** A new token, in a field so that it can be selected where the clipboard is not allowed. */
export function MadeToken({
  token,
  onDone,
}: {
  readonly token: string;
  readonly onDone: () => void;
}) {
  const words = say(WORDS);
  return (
    <>
      <Field label={words.made} hint={words.madeText}>
        <input
          class={css['token']}
          readOnly
          autoFocus
          value={token}
          onFocus={({ currentTarget }) => {
            currentTarget.select();
          }}
        />
      </Field>
      <Actions>
        <CopyButton kind="main" text={token} />
        <Button onClick={onDone}>{words.done}</Button>
      </Actions>
    </>
  );
}
