import { computed, signal } from '@preact/signals';

const url = signal(new URL(location.href));

/** Where the address bar is, without its query. */
export const path = computed(() => url.value.pathname);

/** What stands behind the `?`; a new object for each change. */
export const query = computed(() => url.value.searchParams);

/** Goes to another place of the dashboard, as a link does. */
export function goTo(href: string): void {
  history.pushState(null, '', href);
  url.value = new URL(location.href);
}

/**
 * Writes what is chosen on a page into the address, so that a link shows the same. It replaces: the
 * way back leads to the page before, not through every letter of a search.
 *
 * @param changes empty or null takes a parameter out
 */
export function setQuery(changes: Readonly<Record<string, string | null>>): void {
  const next = new URL(url.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.searchParams.delete(name);
    else next.searchParams.set(name, value);
  }
  if (next.href === url.value.href) return;
  history.replaceState(null, '', next);
  url.value = next;
}

/**
 * Lets plain links change the page without loading it anew. A link that is meant for somewhere else
 * (another tab, a download, another path of the service) is left to the browser.
 */
export function followLinks(isOurs: (path: string) => boolean): void {
  addEventListener('popstate', () => {
    url.value = new URL(location.href);
  });
  addEventListener('click', (event) => {
    const link = linkOf(event);
    if (link === null || !isOurs(link.pathname)) return;
    event.preventDefault();
    goTo(link.href);
  });
}

function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const { defaultPrevented, button, ctrlKey, metaKey, shiftKey, altKey, target } = event;
  if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return null;
  const link = target instanceof Element ? target.closest('a') : null;
  if (link?.origin !== location.origin || link.hasAttribute('download')) return null;
  const isHere = link.pathname === location.pathname && link.search === location.search;
  return link.target === '' && !(isHere && link.hash !== '') ? link : null;
}
