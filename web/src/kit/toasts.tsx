import { signal } from '@preact/signals';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import { Button } from './button';
import { Icon, type IconName } from './icons';
import css from './toasts.module.css';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly isGood: boolean;
}

const GOOD_FOR_MS = 6_000;

const toasts = signal<readonly Toast[]>([]);
let made = 0;

/** Says that something was done; goes by itself. */
export function toast(text: string): void {
  const id = add(text, true);
  setTimeout(() => {
    dismiss(id);
  }, GOOD_FOR_MS);
}

/** Says that something failed; stays until it was read. */
export function toastFailure(text: string): void {
  add(text, false);
}

/** Where they appear; screen readers read them out as they come. */
export function Toasts() {
  return (
    <div class={css['toasts']} role="status" aria-live="polite">
      {toasts.value.map(({ id, text, isGood }) => (
        <div key={id} class={css['toast']}>
          <Icon name={iconOf(isGood)} class={isGood ? css['good'] : css['bad']} />
          <span class={css['text']}>{text}</span>
          <Button
            kind="quiet"
            aria-label={say(COMMON).dismiss}
            onClick={() => {
              dismiss(id);
            }}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
    </div>
  );
}

function iconOf(isGood: boolean): IconName {
  return isGood ? 'healthy' : 'critical';
}

function add(text: string, isGood: boolean): number {
  made += 1;
  toasts.value = [...toasts.value, { id: made, text, isGood }];
  return made;
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}
