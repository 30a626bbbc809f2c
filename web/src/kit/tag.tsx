import type { ComponentChildren } from 'preact';
import { classes } from './classes';
import { Icon, type IconName } from './icons';
import css from './tag.module.css';

export type Tone = 'plain' | 'good' | 'warn' | 'bad';

/** A word on the state of something that is no SLO; a shape goes with the colour. */
export function Tag({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}) {
  return (
    <span class={classes(css['tag'], css[tone])}>
      {icon && <Icon name={icon} class={css['icon']} />}
      {children}
    </span>
  );
}
