import { computed } from '@preact/signals';
import { language, zone } from '../settings/settings';
import { Figures } from './figures';

/** Figures in the language and by the clocks that are chosen; whoever reads `.value` follows the switches. */
export const told = computed(
  () => new Figures(language.value, zone.value === 'utc' ? 'UTC' : undefined),
);

/** The same on the clocks of another zone. */
export function toldIn(zone: string): Figures {
  const key = `${language.value} ${zone}`;
  const figures = byZone.get(key) ?? new Figures(language.value, zone);
  byZone.set(key, figures);
  return figures;
}

const byZone = new Map<string, Figures>();
