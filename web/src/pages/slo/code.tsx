import { Button } from '../../kit/button';
import { toast } from '../../kit/toasts';
import { say } from '../../words/say';
import { DETAIL_WORDS } from './detail-words';
import css from './details.module.css';

/** Text that machines read, as it is; it scrolls within itself. */
export function Code({ text }: { readonly text: string }) {
  const words = say(DETAIL_WORDS);
  return (
    <div class={css['code']}>
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <Button
        kind="quiet"
        disabled={!isSecureContext}
        onClick={() => {
          void copy(text, words.copied);
        }}
      >
        {words.copy}
      </Button>
    </div>
  );
}

/** Outside of a secure context a browser has no clipboard for pages; the text can still be selected. */
async function copy(text: string, done: string): Promise<void> {
  if (!isSecureContext) return;
  await navigator.clipboard.writeText(text);
  toast(done);
}
