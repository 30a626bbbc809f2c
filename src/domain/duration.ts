import { InvalidValue } from './invalid-value';

export const MINUTE_SECONDS = 60;
export const HOUR_SECONDS = 3_600;
export const DAY_SECONDS = 86_400;

const MILLISECONDS_PER = new Map([
  ['y', 365 * DAY_SECONDS * 1000],
  ['w', 7 * DAY_SECONDS * 1000],
  ['d', DAY_SECONDS * 1000],
  ['h', HOUR_SECONDS * 1000],
  ['m', MINUTE_SECONDS * 1000],
  ['s', 1000],
  ['ms', 1],
]);

const SHAPE = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;

/**
 * Reads a Prometheus duration: whole numbers with the units y w d h m s ms, largest first.
 *
 *     parseDuration('1h30m') = 5_400_000
 *
 * @returns milliseconds, above 0
 * @throws InvalidValue for anything else; months are refused, since a rolling window has no calendar
 */
export function parseDuration(text: string): number {
  const parts = SHAPE.test(text) ? [...text.matchAll(/(\d+)(ms|[ywdhms])/g)] : [];
  const milliseconds = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (MILLISECONDS_PER.get(unit ?? '') ?? NaN),
    0,
  );
  if (!Number.isSafeInteger(milliseconds) || milliseconds <= 0) {
    throw new InvalidValue(
      'duration',
      text,
      'a Prometheus duration above zero such as 500ms, 5m, 1h30m or 30d',
    );
  }
  return milliseconds;
}

/**
 * The same in seconds.
 *
 *     parseSeconds('30d') = 2_592_000
 *
 * @throws InvalidValue also when it is not a whole number of seconds
 */
export function parseSeconds(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds % 1000 !== 0) throw new InvalidValue('duration', text, 'whole seconds');
  return milliseconds / 1000;
}

/**
 * Writes seconds as the Prometheus duration people use for windows: days, hours, minutes, seconds.
 *
 *     formatSeconds(2_592_000) = '30d', formatSeconds(5_400) = '1h30m'
 *
 * @param seconds whole, at least 0
 */
export function formatSeconds(seconds: number): string {
  if (seconds === 0) return '0s';
  const units: readonly (readonly [string, number])[] = [
    ['d', DAY_SECONDS],
    ['h', HOUR_SECONDS],
    ['m', MINUTE_SECONDS],
    ['s', 1],
  ];
  let rest = seconds;
  let text = '';
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
