import { parseDecimal } from './decimal';
import type { Fraction } from './fraction';
import type { Objective } from './objective';
import type { CompositeMethod } from './slo';
import type { Tally } from './tally';

/** What a part counted in a slice. */
export interface PartSlice {
  readonly events: Tally;
  /** The part's own, as it was in force then. */
  readonly objective: Objective;
  readonly weight: Fraction;
}

const MILLIONTHS = 1_000_000n;

/** Scale of a composite's counts: whole slices, or millionths of one where slices are as good as a ratio. */
export function compositeScale(method: CompositeMethod): bigint {
  return method === 'all' ? 1n : MILLIONTHS;
}

/** @throws InvalidValue unless it is a decimal number above 0 */
export function parseWeight(text: string): Fraction {
  return parseDecimal('weight', text, 'a decimal number above 0 such as 2 or 0.5');
}

/**
 * One slice of a composite from the same slice of each of its parts. A part's ratio is its good by
 * its total events, 1 where it was covered and had none.
 *
 *     all       good when every part's ratio meets that part's objective
 *     worst     as good as the lowest ratio
 *     weighted  as good as sum(weight x ratio) / sum(weight)
 *
 * 990 of 1 000 good (objective 99.5 %, weight 1) and 999 of 1 000 (99 %, weight 2): `all` 0 of 1,
 * `worst` 0.99, `weighted` (0.99 + 2 x 0.999) / 3 = 0.996.
 *
 * The slice was seen for as long as its worst-covered part, and counts nothing when one was not seen
 * at all: how such time counts is `noData`'s to say, when reading.
 *
 * @param parts one or more, all in counts of their own scale
 * @returns good and total in `compositeScale`; ratios rounded once, half up, to the millionth
 */
export function compositeSlice(method: CompositeMethod, parts: readonly PartSlice[]): Tally {
  const coveredSeconds = Math.min(...parts.map(({ events }) => events.coveredSeconds));
  if (!(coveredSeconds > 0)) return { good: 0n, total: 0n, coveredSeconds: 0 };
  const total = compositeScale(method);
  const ratio = ratioOf(method, parts);
  const good = (2n * total * ratio.numerator + ratio.denominator) / (2n * ratio.denominator);
  return { good, total, coveredSeconds };
}

function ratioOf(method: CompositeMethod, parts: readonly PartSlice[]): Fraction {
  if (method === 'all') return parts.every(meetsObjective) ? ONE : NONE;
  if (method === 'worst') return parts.map(ownRatio).reduce(lower);
  const shares = parts.map((part) => times(part.weight, ownRatio(part)));
  const whole = parts.map(({ weight }) => weight).reduce(plus);
  const sum = shares.reduce(plus);
  return {
    numerator: sum.numerator * whole.denominator,
    denominator: sum.denominator * whole.numerator,
  };
}

const ONE: Fraction = { numerator: 1n, denominator: 1n };
const NONE: Fraction = { numerator: 0n, denominator: 1n };

/** bad / total <= 1 - objective, as integers. */
function meetsObjective({ events: { good, total }, objective }: PartSlice): boolean {
  const { numerator, denominator } = objective.budget;
  return (total - good) * denominator <= total * numerator;
}

function ownRatio({ events: { good, total } }: PartSlice): Fraction {
  return total === 0n ? ONE : { numerator: good, denominator: total };
}

function lower(a: Fraction, b: Fraction): Fraction {
  return b.numerator * a.denominator < a.numerator * b.denominator ? b : a;
}

function times(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** Equal denominators stay as they are: one part's totals are multiplied with the others' alone. */
function plus(a: Fraction, b: Fraction): Fraction {
  if (a.denominator === b.denominator) {
    return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  }
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}
