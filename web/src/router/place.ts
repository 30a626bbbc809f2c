import { batch, computed, signal } from '@preact/signals';
import { depthBefore, nextEntry, watchDepth } from './depths';

const url = signal(new URL(location.href));

/** Where the address bar is, without its query. */
export const path = computed(() => url.value.pathname);

/** What stands behind the `?`; a new object for each change. */
export const query = computed(() => url.value.searchParams);

/** How far down this place was read, in pixels, where the browser went back or forth to it; else 0. */
export const depth = signal(0);

/** Whether the page may be left; whoever has something unsaved asks first. */
let mayLeave: () => boolean = () => true;

/** Asks before the page is left for another one. @returns the way to stop */
export function holdPage(asks: () => boolean): () => void {
  mayLeave = asks;
  return () => {
    if (mayLeave === asks) mayLeave = () => true;
  };
}

/** Goes to another place of the dashboard, as a link does, if the page may be left. */
export function goTo(href: string): void {
  if (!mayLeave()) return;
  write(url.peek());
  try {
    history.pushState(nextEntry(), '', href);
  } catch {
    // Refused as below; the browser itself can still go there.
    location.assign(href);
    return;
  }
  arrive(0);
}

/**
 * Writes what is chosen on a page into the address, so that a link shows the same. It replaces: the
 * way back leads to the page before, not through every letter of a search.
 *
 * @param changes null takes a parameter out
 */
export function setQuery(changes: QueryChanges): void {
  const next = changed(changes);
  if (next.href === url.value.href) return;
  url.value = next;
  write(next);
}

/**
 * The same for what is one act, such as a zoom: it is a place of its own, and the way back leads to
 * what was shown before.
 */
export function goToQuery(changes: QueryChanges): void {
  const next = changed(changes);
  if (next.href === url.value.href) return;
  write(url.peek());
  try {
    history.pushState(nextEntry(), '', next);
    url.value = next;
  } catch {
    // Refused as below.
    setQuery(changes);
  }
}

type QueryChanges = Readonly<Record<string, string | null>>;

function changed(changes: QueryChanges): URL {
  const next = new URL(url.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.searchParams.delete(name);
    else next.searchParams.set(name, value);
  }
  return next;
}

/**
 * Lets plain links change the page without loading it anew. A link that is meant for somewhere else
 * (another tab, a download, another path of the service) is left to the browser.
 */
export function followLinks(isOurs: (path: string) => boolean): void {
  watchDepth();
  addEventListener('popstate', () => {
    if (location.pathname === path.peek() || mayLeave()) arrive(depthBefore());
    else history.pushState(nextEntry(), '', url.peek());
  });
  addEventListener('click', (event) => {
    const link = linkOf(event);
    if (link === null || !isOurs(link.pathname)) return;
    event.preventDefault();
    goTo(link.href);
  });
}

function arrive(at: number): void {
  clearTimeout(later);
  batch(() => {
    depth.value = at;
    url.value = new URL(location.href);
  });
}

const WRITTEN_AGAIN_MS = 1_000;
let later: ReturnType<typeof setTimeout> | undefined;

/** Safari refuses more than a hundred addresses in half a minute: then the last is written later. */
function write(to: URL): void {
  clearTimeout(later);
  if (to.href === location.href) return;
  try {
    history.replaceState(history.state, '', to);
  } catch {
    later = setTimeout(() => {
      write(url.peek());
    }, WRITTEN_AGAIN_MS);
  }
}

function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const { defaultPrevented, button, ctrlKey, metaKey, shiftKey, altKey, target } = event;
  if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return null;
  const link = target instanceof Element ? target.closest('a') : null;
  if (link?.origin !== location.origin || link.hasAttribute('download')) return null;
  const isHere = link.pathname === location.pathname && link.search === location.search;
  return link.target === '' && !(isHere && link.hash !== '') ? link : null;
}
