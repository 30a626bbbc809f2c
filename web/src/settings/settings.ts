import { effect } from '@preact/signals';
import { kept } from './kept';
import { preferredLanguage } from './preferred-language';
import { LANGUAGES } from './language';

export const THEMES = ['system', 'light', 'dark'] as const;
export const ZONES = ['local', 'utc'] as const;

export const language = kept('language', LANGUAGES, preferredLanguage(navigator.languages));
export const theme = kept('theme', THEMES, 'system');
/** Whose clocks times are told by. */
export const zone = kept('zone', ZONES, 'local');

/** Tells the page itself, for styles and for screen readers. */
export function applySettings(): void {
  effect(() => {
    document.documentElement.lang = language.value;
  });
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
  });
}
