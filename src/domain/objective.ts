import { type Fraction, toNumber } from './fraction';
import { InvalidValue } from './invalid-value';

const ALLOWED =
  'a ratio between 0 and 1 such as 0.995, or a percentage between 0% and 100% such as 99.5%, both ends excluded';

/** Events and the objective that was in force when they happened. */
export interface JudgedEvents {
  readonly total: bigint;
  readonly objective: Objective;
}

/**
 * The share of events that must be good, as an exact decimal in (0, 1).
 *
 *     Objective.parse('99.5%').text = '0.995'
 *
 * It is held as a fraction of powers of ten, so that budgets and thresholds compare as integers.
 */
export class Objective {
  private constructor(
    /** The ratio as a decimal without trailing zeros: `0.995`. */
    readonly text: string,
    private readonly good: bigint,
    private readonly whole: bigint,
  ) {}

  /** @throws InvalidValue for 0, 1, 100 %, NaN, infinities, decimal commas and percentages without their sign */
  static parse(text: string): Objective {
    const [, integer, decimals = '', percent] =
      /^(\d{1,3})(?:\.(\d{1,12}))?\s*(%)?$/.exec(text.trim()) ?? [];
    if (integer === undefined) throw new InvalidValue('objective', text, ALLOWED);
    const good = BigInt(integer + decimals);
    const whole = 10n ** BigInt(decimals.length + (percent === undefined ? 0 : 2));
    if (good > whole && percent === undefined && Number(text) < 100) {
      throw new InvalidValue('objective', text, `${ALLOWED} (was ${text.trim()}% meant?)`);
    }
    if (good <= 0n || good >= whole) throw new InvalidValue('objective', text, ALLOWED);
    return Objective.reduced(good, whole);
  }

  /**
   * The objective over events of which each was judged by the objective of its time:
   *
   *     1 - sum of total_v x (1 - objective_v) / sum of total_v
   *
   * 1 000 events at 99 % and 3 000 at 99.8 %: 10 + 6 bad of 4 000 were allowed, 99.6 %.
   *
   * @param parts with at least one event in all
   */
  static weighted(parts: readonly JudgedEvents[]): Objective {
    const denominator = parts
      .map(({ objective }) => objective.whole)
      .reduce((a, b) => (a > b ? a : b), 1n);
    const total = parts.reduce((sum, part) => sum + part.total, 0n);
    const allowed = parts.reduce(
      (sum, { total: own, objective }) =>
        sum + own * objective.budget.numerator * (denominator / objective.whole),
      0n,
    );
    const common = greatestCommonDivisor(allowed, total * denominator);
    const whole = (total * denominator) / common;
    const ratio = toNumber({ numerator: whole - allowed / common, denominator: whole });
    return new Objective(String(ratio), whole - allowed / common, whole);
  }

  private static reduced(good: bigint, whole: bigint): Objective {
    let [part, all] = [good, whole];
    while (part % 10n === 0n) [part, all] = [part / 10n, all / 10n];
    const digits = all.toString().length - 1;
    return new Objective(`0.${part.toString().padStart(digits, '0')}`, part, all);
  }

  /** The objective as a number in (0, 1), for people and JSON. */
  get ratio(): number {
    return Number(this.text);
  }

  /** 1 - objective: the share of events that may be bad. */
  get budget(): Fraction {
    return { numerator: this.whole - this.good, denominator: this.whole };
  }

  /** 1 - objective as a number: 0.005 for 99.5 %. */
  get budgetRatio(): number {
    return toNumber(this.budget);
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
