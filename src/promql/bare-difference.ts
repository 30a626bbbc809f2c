import type { Counter } from './counter';
import { formatSelector } from './selector';

/**
 * Events of a step where no instance is abnormal: there it is the same as `plainDifference`, at a
 * fraction of its cost.
 *
 *     sum by (g) (S - S offset s)
 */
export function bareDifference({ selector, groupBy }: Counter, stepSeconds: number): string {
  const series = formatSelector(selector);
  const sum = groupBy.length === 0 ? 'sum' : `sum by (${groupBy.join(', ')}) `;
  return `${sum}(${series} - ${series} offset ${stepSeconds}s)`;
}
