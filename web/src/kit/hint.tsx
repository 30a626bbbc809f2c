import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icons';
import css from './hint.module.css';

interface Props {
  /** What it is about, for those who cannot see beside what it stands. */
  readonly label: string;
  readonly children: ComponentChildren;
}

/** An explanation behind a small button: by mouse, finger or keyboard, and never by hovering alone. */
export function Hint({ label, children }: Props) {
  const id = useId();
  return (
    <>
      <button type="button" class={css['button']} aria-label={label} popovertarget={id}>
        <Icon name="info" />
      </button>
      <div id={id} popover="auto" class={css['text']}>
        {children}
      </div>
    </>
  );
}
