import type { Fraction } from './fraction';
import { InvalidValue } from './invalid-value';

/**
 * A plain decimal number above 0 as an exact fraction: `14.4` is 144/10, `2%` is 2/100.
 *
 * @param what it is called in the error
 * @throws InvalidValue for signs, exponents, more than twelve decimals and 0
 */
export function parseDecimal(what: string, text: string, allowed: string): Fraction {
  const [, integer, decimals = '', percent] =
    /^(\d{1,9})(?:\.(\d{1,12}))?\s*(%)?$/.exec(text.trim()) ?? [];
  if (integer === undefined) throw new InvalidValue(what, text, allowed);
  const numerator = BigInt(integer + decimals);
  if (numerator === 0n) throw new InvalidValue(what, text, allowed);
  const denominator = 10n ** BigInt(decimals.length + (percent === undefined ? 0 : 2));
  return { numerator, denominator };
}
