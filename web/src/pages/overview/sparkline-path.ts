/** A small chart's line, and where nothing is left of the budget. */
export interface SparklinePath {
  readonly line: string;
  readonly zero: number | null;
  readonly last: readonly [x: number, y: number] | null;
}

/** An axis that always spans this much does not make a storm of a ripple. */
const LEAST_SPAN = 0.25;
/** What is overspent further says no more. */
const LOWEST = -1;

/**
 * @param values of a day each; null where there is none, which interrupts the line
 * @returns paths on a field of `width` by `height`, or null where there is nothing to draw
 */
export function sparklinePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
): SparklinePath | null {
  const shown = values.map((value) => (value === null ? null : Math.max(LOWEST, value)));
  const known = shown.filter((value) => value !== null);
  if (known.length === 0) return null;
  const [low, high] = axisOf(Math.min(...known), Math.max(...known));
  const x = (k: number) => rounded((k / Math.max(1, values.length - 1)) * width);
  const y = (value: number) => rounded(((high - value) / (high - low)) * height);
  let line = '';
  let last: SparklinePath['last'] = null;
  for (const [k, value] of shown.entries()) {
    if (value === null) continue;
    const isGoingOn = typeof shown[k - 1] === 'number';
    // A day alone is a dot: a line of no length, with round ends.
    line += isGoingOn ? `L${x(k)} ${y(value)}` : `M${x(k)} ${y(value)}h0`;
    last = [x(k), y(value)];
  }
  return { line, zero: low < 0 ? y(0) : null, last };
}

function axisOf(least: number, most: number): readonly [number, number] {
  const low = Math.min(least, most - LEAST_SPAN);
  return [low, Math.max(most, low + LEAST_SPAN)];
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
