/** An exact rational number, `numerator / denominator`; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const LEAST_EXACT = BigInt(Number.MIN_SAFE_INTEGER);
const MOST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);
const QUOTIENT_BITS = 64;
/** 2 to this power is still a number. */
const MOST_SHIFTED_BITS = 1_000;

/**
 * The number nearest to a fraction: exact operands keep 0.4 from becoming 0.4000000000000001, and a
 * larger fraction never gives a smaller number.
 *
 * Operands past 2^53 are divided as integers, to more digits than a number holds.
 *
 * @throws RangeError when the denominator is 0
 */
export function toNumber({ numerator, denominator }: Fraction): number {
  if (denominator === 0n) throw new RangeError('a fraction over zero has no value');
  if (isExact(numerator) && isExact(denominator)) return Number(numerator) / Number(denominator);
  const wanted = QUOTIENT_BITS + bits(denominator) - bits(numerator);
  const shift = Math.min(MOST_SHIFTED_BITS, Math.max(0, wanted));
  return Number((numerator << BigInt(shift)) / denominator) / 2 ** shift;
}

function isExact(value: bigint): boolean {
  return value >= LEAST_EXACT && value <= MOST_EXACT;
}

function bits(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}
