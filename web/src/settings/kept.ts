import { effect, signal, type Signal } from '@preact/signals';

const PREFIX = 'slowburn.';

/** A choice that this browser remembers; a browser that keeps nothing forgets it with the tab. */
export function kept<T extends string>(
  name: string,
  allowed: readonly T[],
  otherwise: T,
): Signal<T> {
  const found = read(PREFIX + name);
  const choice = signal(allowed.find((value) => value === found) ?? otherwise);
  let before = choice.peek();
  effect(() => {
    if (choice.value === before) return;
    before = choice.value;
    write(PREFIX + name, choice.value);
  });
  return choice;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Full or forbidden: the choice lasts as long as the tab.
  }
}
