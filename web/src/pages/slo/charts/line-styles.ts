import type { Colours } from './colours';

/** Lines differ in their dashes, too: colour alone tells nothing to some. */
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
const NAMES = ['first', 'second', 'third', 'fourth'] as const;

export interface LineStyle {
  readonly colour: keyof Colours;
  readonly dash: number[];
}

export function lineStyle(k: number): LineStyle {
  return {
    colour: NAMES[k % NAMES.length] ?? 'first',
    dash: [...(DASHES[k % DASHES.length] ?? [])],
  };
}
