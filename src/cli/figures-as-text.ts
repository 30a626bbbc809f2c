const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** What stands where a figure cannot be known. */
export const UNKNOWN = '-';

/**
 * A ratio as a percentage with as many decimals as are needed, four at most.
 *
 *     percent(0.995) = '99.5 %', percent(0.99999999) = '99.9999 %'
 *
 * Never rounds up to 100 %: that would say that nothing went wrong.
 */
export function percent(ratio: number | null, decimals = 4): string {
  if (ratio === null) return UNKNOWN;
  const grain = 10 ** decimals;
  // Binary fractions fall just short of their decimal text: 0.995 x 100 is not quite 99.5.
  const inPercent = Number((ratio * 100).toPrecision(14));
  const rounded = Math.round(inPercent * grain) / grain;
  const shown = rounded >= 100 && ratio < 1 ? 100 - 1 / grain : rounded;
  return `${Number(shown.toFixed(decimals))} %`;
}

/** Seconds in their two largest units, signed: `2h 9m`, `-42s`, `1d 4h`. */
export function timeSpan(seconds: number | null): string {
  if (seconds === null) return UNKNOWN;
  const sign = seconds < 0 ? '-' : '';
  const size = Math.round(Math.abs(seconds));
  if (size < MINUTE) return `${sign}${size}s`;
  if (size < HOUR) return `${sign}${two(size, MINUTE, 'm', 1, 's')}`;
  if (size < DAY) return `${sign}${two(size, HOUR, 'h', MINUTE, 'm')}`;
  return `${sign}${two(size, DAY, 'd', HOUR, 'h')}`;
}

/** A burn rate with two decimals, or with fewer where they no longer matter: `0.38`, `14.4`, `120`. */
export function burn(rate: number | null): string {
  if (rate === null) return UNKNOWN;
  if (rate >= 100) return rate.toFixed(0);
  return rate.toFixed(rate >= 10 ? 1 : 2);
}

function two(size: number, unit: number, name: string, small: number, smallName: string): string {
  const rest = Math.floor((size % unit) / small);
  const whole = `${Math.floor(size / unit)}${name}`;
  return rest === 0 ? whole : `${whole} ${rest}${smallName}`;
}
