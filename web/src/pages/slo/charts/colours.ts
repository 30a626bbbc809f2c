import { computed, signal } from '@preact/signals';
import { theme } from '../../../settings/settings';

const dark = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(dark.matches);
dark.addEventListener('change', ({ matches }) => {
  systemIsDark.value = matches;
});

/** What is light or dark now; a canvas has to be drawn anew when it changes. */
export const appearance = computed(() => {
  if (theme.value !== 'system') return theme.value;
  return systemIsDark.value ? 'dark' : 'light';
});

const TOKENS = {
  ink: '--ink',
  soft: '--ink-soft',
  line: '--line',
  surface: '--surface',
  accent: '--accent',
  exhausted: '--exhausted',
  critical: '--critical',
  neutral: '--no-data',
  strong: '--line-strong',
  first: '--chart-1',
  second: '--chart-2',
  third: '--chart-3',
  fourth: '--chart-4',
} as const;

export type Colours = Readonly<Record<keyof typeof TOKENS, string>>;

/** The colours of the style sheets as a canvas takes them: resolved to the light or the dark one. */
export function coloursOf(element: HTMLElement): Colours {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const entries = Object.entries(TOKENS).map(([name, token]) => {
    probe.style.color = `var(${token})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Colours;
}

/** @param colour as `coloursOf` gives it, `rgb(1, 2, 3)` */
export function faded(colour: string, alpha: number): string {
  const [r = '0', g = '0', b = '0'] = colour.match(/\d+(\.\d+)?/g) ?? [];
  return `rgba(${r}, ${g}, ${b}, ${alpha})`;
}
