import { InvalidValue } from '../domain/invalid-value';
import { narrowed, type Matcher, type Selector } from './selector';

/** The counter of all observations of a classic histogram. */
export function countOf(histogram: Selector): Selector {
  return { ...histogram, metric: `${histogram.metric}_count` };
}

/** The counters of all buckets of a classic histogram. */
export function bucketsOf(histogram: Selector): Selector {
  return { ...histogram, metric: `${histogram.metric}_bucket` };
}

/** The counter of observations up to a threshold, however the bucket's label spells it. */
export function bucketOf(histogram: Selector, thresholdSeconds: string): Selector {
  return narrowed(bucketsOf(histogram), [spellingsOf(thresholdSeconds)]);
}

/**
 * Matches every spelling of one number in `le`: `0.5`, `0.50`, `.5`, `5e-01`; `1`, `1.0`, `1e+00`.
 *
 * Clients and engines write the same bound differently and an upgrade of either changes it, so the
 * number is matched, not the text.
 *
 * @param decimal a positive plain decimal such as `0.5`
 */
export function spellingsOf(decimal: string): Matcher {
  const [, whole, decimals = ''] = /^(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (whole === undefined || Number(decimal) <= 0) {
    throw new InvalidValue(
      'latency threshold in seconds',
      decimal,
      'a positive decimal such as 0.5',
    );
  }
  const integer = whole.replace(/^0+/, '');
  const fraction = decimals.replace(/0+$/, '');
  return {
    label: 'le',
    op: '=~',
    value: `${plain(integer, fraction)}|${scientific(integer, fraction)}`,
  };
}

function plain(integer: string, fraction: string): string {
  const tail = fraction === '' ? String.raw`(\.0*)?` : String.raw`\.${fraction}0*`;
  return `0*${integer}${tail}`;
}

/** One digit before the point, as `%e` and `%g` print it. */
function scientific(integer: string, fraction: string): string {
  const digits = (integer + fraction).replace(/^0+/, '').replace(/0+$/, '');
  const leadingZeros = /^0*/.exec(fraction)?.[0].length ?? 0;
  const exponent = integer === '' ? -leadingZeros - 1 : integer.length - 1;
  const mantissa =
    digits.length === 1 ? `${digits}(\\.0*)?` : `${digits.charAt(0)}\\.${digits.slice(1)}0*`;
  const sign = exponent < 0 ? '-' : '[+]?';
  return `${mantissa}[eE]${sign}0*${Math.abs(exponent)}`;
}
