/**
 * A plain decimal ratio times 100, digit for digit: `0.9995` is `99.95`.
 *
 * @param ratio such as `0.995` or `.5`
 */
export function percentageOf(ratio: string): string {
  const [whole = '', decimals = ''] = ratio.split('.');
  const padded = decimals.padEnd(2, '0');
  const integer = `${whole}${padded.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = padded.slice(2).replace(/0+$/, '');
  return rest === '' ? integer : `${integer}.${rest}`;
}
