import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import type { Role } from '../session/role';
import { may, me } from '../session/session';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import { classes } from './classes';
import css from './button.module.css';

type Kind = 'plain' | 'main' | 'danger' | 'quiet';

interface Props extends Omit<ButtonHTMLAttributes, 'class' | 'role'> {
  readonly kind?: Kind;
  readonly class?: string | undefined;
  readonly children: ComponentChildren;
}

export function Button({ kind = 'plain', type = 'button', class: more, ...rest }: Props) {
  return <button type={type} class={classes(css['button'], css[kind], more)} {...rest} />;
}

/**
 * A button for what not every role may do. Who may not finds it disabled, with the reason beside it
 * as text.
 */
export function ButtonFor({ role, ...rest }: Omit<Props, 'role'> & { readonly role: Role }) {
  if (may(role)) return <Button {...rest} />;
  return (
    <span class={css['refused']}>
      <Button {...rest} disabled />
      <MayNot role={role} />
    </span>
  );
}

/** Says why one may not; nothing where one may, or while it is not known who one is. */
export function MayNot({ role }: { readonly role: Role }) {
  if (me.value === null || may(role)) return null;
  const { roles, mayNot } = say(COMMON);
  return <span class={css['reason']}>{mayNot(roles[role], roles[me.value.role])}</span>;
}
