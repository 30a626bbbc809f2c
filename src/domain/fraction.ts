/** An exact rational number, `numerator / denominator`; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * The number nearest to a fraction. Exact operands keep 0.4 from becoming 0.4000000000000001.
 *
 * Operands past 2^53 lose their low bits together, so the error stays below 1e-15 of the value.
 *
 * @throws RangeError when the denominator is 0
 */
export function toNumber({ numerator, denominator }: Fraction): number {
  if (denominator === 0n) throw new RangeError('a fraction over zero has no value');
  const excess = Math.max(bits(numerator), bits(denominator)) - 1000;
  const shift = BigInt(Math.max(0, excess));
  return Number(numerator >> shift) / Number(denominator >> shift);
}

function bits(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}
