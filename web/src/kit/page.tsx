import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import css from './page.module.css';

interface Props {
  readonly title: string;
  /** Beside the title: actions, filters. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A page with its one heading, which is the title of the tab, too. */
export function Page({ title, aside, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Slowburn`;
  }, [title]);
  return (
    <div class={css['page']}>
      <header class={css['head']}>
        <h1>{title}</h1>
        {aside}
      </header>
      {children}
    </div>
  );
}
