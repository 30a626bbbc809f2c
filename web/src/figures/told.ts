import { computed } from '@preact/signals';
import { language, zone } from '../settings/settings';
import { Figures } from './figures';

/** Figures in the language and by the clocks that are chosen; whoever reads `.value` follows the switches. */
export const told = computed(
  () => new Figures(language.value, zone.value === 'utc' ? 'UTC' : undefined),
);
