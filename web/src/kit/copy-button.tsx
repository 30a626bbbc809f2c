import { useEffect, useState } from 'preact/hooks';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import { Button } from './button';
import css from './copy-button.module.css';

const SAID_FOR_MS = 4_000;

/**
 * Puts a text on the clipboard, and says beside itself whether that went well. Outside of a secure
 * context a browser has none for pages; the text can still be selected.
 */
export function CopyButton({
  text,
  kind = 'quiet',
}: {
  readonly text: string;
  readonly kind?: 'quiet' | 'main';
}) {
  const words = say(COMMON);
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => {
      setOutcome(null);
    }, SAID_FOR_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('notCopied');
    }
  };
  return (
    <span class={css['copy']}>
      <Button kind={kind} disabled={!window.isSecureContext} onClick={() => void copy()}>
        {words.copy}
      </Button>
      <span role="status" class={css['said']}>
        {outcome !== null && words[outcome]}
      </span>
    </span>
  );
}
