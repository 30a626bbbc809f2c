import type { SloRow } from '../../../src/slos/view-types';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import { classes } from './classes';
import { Icon } from './icons';
import css from './status.module.css';

export type Status = SloRow['status'];

/** The worst first, but for those of which nothing is known. */
export const STATUSES: readonly Status[] = [
  'exhausted',
  'critical',
  'at_risk',
  'no_data',
  'healthy',
];

/** A shape, a colour and a word: any one of them is enough. */
export function StatusBadge({ status }: { readonly status: Status }) {
  return (
    <span class={classes(css['badge'], css[status])}>
      <Icon name={status} class={css['icon']} />
      {say(COMMON).statuses[status]}
    </span>
  );
}
