import { InvalidValue } from './invalid-value';

const SHARE = 'a share of the budget from -1000% to below 100%, such as 25% or 0.25';
const LEAST_SHARE = -10;

/**
 * A share of a budget as a ratio; below 0 it is overspent.
 *
 *     parseShare('slowAt', '25%') = 0.25      parseShare('freezeAt', '-0.05') = -0.05
 *
 * @param what it is called in the error
 * @throws InvalidValue for 100 % and more, and for percentages without their sign
 */
export function parseShare(what: string, text: string): number {
  const [, sign = '', integer, decimals = '', percent] =
    /^(-)?(\d{1,4})(?:\.(\d{1,6}))?\s*(%)?$/.exec(text.trim()) ?? [];
  if (integer === undefined) throw new InvalidValue(what, text, SHARE);
  // Shifted as text: 0.07 is the number nearest to 7 %, which 7 / 100 need not be.
  const shift = decimals.length + (percent === undefined ? 0 : 2);
  const ratio = Number(`${sign}${integer}${decimals}e-${shift}`);
  if (ratio >= LEAST_SHARE && ratio < 1) return ratio + 0;
  const meant = percent === undefined && ratio >= 1 && ratio < 100;
  throw new InvalidValue(what, text, meant ? `${SHARE} (was ${text.trim()}% meant?)` : SHARE);
}

/** The other way round: `25%`. */
export function shareText(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(12))}%`;
}
