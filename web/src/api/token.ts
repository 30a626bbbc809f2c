import { effect, signal } from '@preact/signals';

const KEY = 'slowburn.token';

/** What this tab signs its requests with; it goes with the tab. */
export const token = signal<string | null>(read());

/** What the service said when it refused the last token, or asked for one. */
export const refusal = signal<string | null>(null);

effect(() => {
  try {
    if (token.value === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token.value);
  } catch {
    // Forbidden: it lasts until the page is loaded again.
  }
});

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
