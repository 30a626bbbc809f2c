import type { Wording } from '../words/wording';
import type { Drawing, Shape } from './drawing';
import { PALETTE } from './palette';

const [WIDTH, HEIGHT, MIDDLE] = [160, 14, 80];

/**
 * What is left of a budget as a bar from the middle: to the right the share that is left, to the left how
 * far it is overspent, cut off at once the whole budget, with an arrow.
 */
export function budgetBar(remainingRatio: number | null, wording: Wording): Drawing {
  const title = wording.words.charts.budgetBar(wording.remaining(remainingRatio));
  return {
    width: WIDTH,
    height: HEIGHT,
    title,
    description: title,
    shapes: [
      { kind: 'box', x: 0, y: 3, width: WIDTH, height: 8, fill: PALETTE.missing },
      ...(remainingRatio === null ? [] : filled(remainingRatio)),
      { kind: 'box', x: MIDDLE - 0.75, y: 0, width: 1.5, height: HEIGHT, fill: PALETTE.ink },
    ],
  };
}

function filled(remainingRatio: number): readonly Shape[] {
  const width = Math.min(1, Math.abs(remainingRatio)) * MIDDLE;
  if (remainingRatio >= 0) {
    return [{ kind: 'box', x: MIDDLE, y: 3, width, height: 8, fill: PALETTE.good }];
  }
  const bar: Shape = { kind: 'box', x: MIDDLE - width, y: 3, width, height: 8, fill: PALETTE.bad };
  const more: Shape = { kind: 'line', path: 'M6 0L0 7L6 14z', fill: PALETTE.bad };
  return remainingRatio < -1 ? [bar, more] : [bar];
}
