import type { ComponentChildren } from 'preact';
import css from './section.module.css';

/** A part of a page with its heading. No landmark: its table is one, by the same name. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <section class={css['section']}>
      <header class={css['head']}>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** Says something short in the soft ink of hints. */
export function Note({ children }: { readonly children: ComponentChildren }) {
  return <p class={css['note']}>{children}</p>;
}

export interface Fact {
  readonly title: string;
  readonly value: ComponentChildren;
}

/** Names and values beside each other, as many as fit. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl class={css['facts']}>
      {facts.map(({ title, value }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
