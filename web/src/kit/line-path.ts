/** A point of a line: milliseconds since 1970, and its value where it is known. */
export interface LinePoint {
  readonly at: number;
  readonly value: number | null;
}

/** Between which values a line lies; the same at both ends is no line. */
export interface Scale {
  readonly from: number;
  readonly to: number;
}

/**
 * A line as the path of an SVG, with a gap where nothing is known. Values outside the scale are drawn
 * at its edge.
 *
 *     linePath([{ at: 0, value: 1 }, { at: 10, value: 0 }], { from: 0, to: 10 }, { from: 0, to: 1 }, 100, 20)
 *     'M0 0L100 20'
 */
export function linePath(
  points: readonly LinePoint[],
  times: Scale,
  values: Scale,
  width: number,
  height: number,
): string {
  let path = '';
  let isDown = false;
  for (const { at, value } of points) {
    if (value === null) {
      isDown = false;
      continue;
    }
    const x = placeOf(at, times) * width;
    const y = (1 - placeOf(value, values)) * height;
    path += `${isDown ? 'L' : 'M'}${rounded(x)} ${rounded(y)}`;
    isDown = true;
  }
  return path;
}

/** 0 at the beginning of a scale, 1 at its end. */
export function placeOf(value: number, { from, to }: Scale): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

function rounded(place: number): string {
  return String(Math.round(place * 10) / 10);
}
