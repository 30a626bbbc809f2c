import { useState } from 'preact/hooks';
import { Button } from '../../kit/button';
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
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(token);
    setCopied(true);
  };
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
        {window.isSecureContext && (
          <Button
            kind="main"
            onClick={() => {
              copy().catch(() => {
                // Refused by the person or the browser: the field is selected anyway.
                setCopied(false);
              });
            }}
          >
            {words.copy}
          </Button>
        )}
        <Button onClick={onDone}>{words.done}</Button>
        <span role="status">{isCopied && words.copied}</span>
      </Actions>
    </>
  );
}
