import { COMMON } from '../words/common';
import { say } from '../words/say';
import { Icon } from './icons';
import type { Status } from './status-order';
import css from './status.module.css';

/** A shape, a colour and a word: any one of them is enough. */
export function StatusBadge({ status }: { readonly status: Status }) {
  return (
    <span class={css['badge']} data-status={status}>
      <Icon name={status} class={css['icon']} />
      {say(COMMON).statuses[status]}
    </span>
  );
}
