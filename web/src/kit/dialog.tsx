import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import { Button } from './button';
import { Icon } from './icons';
import css from './dialog.module.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/**
 * The browser's own modal dialog, which keeps focus inside, closes by Escape and gives focus back.
 * Rendered only while it is open.
 */
export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const opened = dialog.current;
    const before = document.activeElement;
    opened?.showModal();
    return () => {
      opened?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog class={css['dialog']} ref={dialog} aria-labelledby={heading} onClose={onClose}>
      <header class={css['head']}>
        <h2 id={heading}>{title}</h2>
        <Button
          kind="quiet"
          aria-label={say(COMMON).close}
          onClick={() => {
            dialog.current?.close();
          }}
        >
          <Icon name="close" />
        </Button>
      </header>
      <div class={css['body']}>{children}</div>
    </dialog>
  );
}
