import type { ComponentChildren } from 'preact';
import icon from '../icon.svg';
import { line } from '../api/live';
import { classes } from '../kit/classes';
import { Toasts } from '../kit/toasts';
import { path } from '../router/place';
import { type Route, ROUTES, routeOf } from '../routes';
import { may, me } from '../session/session';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import { SettingsMenu } from './settings-menu';
import css from './frame.module.css';

/** What is around every page. */
export function Frame({ children }: { readonly children: ComponentChildren }) {
  const words = say(COMMON);
  return (
    <>
      <a class={css['skip']} href="#main">
        {words.skip}
      </a>
      <header class={css['header']}>
        <a class={css['brand']} href="/">
          <img src={icon} alt="" width="22" height="22" />
          <span>Slowburn</span>
        </a>
        <Navigation />
        <Line />
        <SettingsMenu />
      </header>
      <main id="main" class={css['main']} tabIndex={-1}>
        {children}
      </main>
      <Toasts />
    </>
  );
}

function Navigation() {
  const words = say(COMMON);
  const here = routeOf(path.value)?.route.entry;
  return (
    <nav class={css['nav']} aria-label={words.navigation}>
      <ul>
        {entries().map(({ entry, path: to }) => (
          <li key={entry}>
            <a href={to} aria-current={entry === here ? 'page' : undefined}>
              {words.pages[entry]}
            </a>
          </li>
        ))}
        <li>
          <a href="/api/docs">{words.pages.api}</a>
        </li>
      </ul>
    </nav>
  );
}

/** The first route of each entry; that of admins is shown to them, where there are tokens to make. */
function entries(): readonly Route[] {
  const isShown = (entry: Route['entry']) =>
    entry !== 'admin' || (me.value?.auth === 'token' && may('admin'));
  return ROUTES.filter(
    ({ entry }, k) => isShown(entry) && ROUTES.findIndex((other) => other.entry === entry) === k,
  );
}

/** Whether what is shown is of now. */
function Line() {
  const words = say(COMMON);
  const state = line.value;
  return (
    <>
      <button type="button" class={classes(css['line'], css[state])} popovertarget="line">
        <span class={css['dot']} aria-hidden="true" />
        <span>{words.line[state]}</span>
      </button>
      <div id="line" popover="auto" class={css['about']}>
        {words.lineAbout[state]}
      </div>
    </>
  );
}
