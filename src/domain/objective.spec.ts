import fc from 'fast-check';
import { errorBudget } from './error-budget';
import { toNumber } from './fraction';
import { InvalidValue } from './invalid-value';
import { Objective } from './objective';

const digits = fc.integer({ min: 1, max: 10 });
/** Decimals in (0, 1) as whole digits over a power of ten. */
const decimals = digits.chain((length) =>
  fc
    .bigInt({ min: 1n, max: 10n ** BigInt(length) - 1n })
    .map((good) => ({ good, length, text: `0.${String(good).padStart(length, '0')}` })),
);

describe('an objective', () => {
  it.each([
    ['99.5%', '0.995'],
    ['99.5 %', '0.995'],
    ['0.995', '0.995'],
    ['0.99500', '0.995'],
    ['50%', '0.5'],
    ['99.999%', '0.99999'],
    ['0.05%', '0.0005'],
    [' 95% ', '0.95'],
  ])('%j is %s', (written, text) => {
    expect(Objective.parse(written).text).toBe(text);
  });

  it('of its own text is itself', () => {
    fc.assert(
      fc.property(decimals, ({ text }) => {
        const objective = Objective.parse(text);
        expect(Objective.parse(objective.text)).toEqual(objective);
        expect(objective.text).toBe(text.replace(/0+$/, ''));
        expect(objective.ratio).toBe(Number(text));
      }),
    );
  });

  it('as a percentage is the same as the ratio', () => {
    fc.assert(
      fc.property(decimals, ({ good, length, text }) => {
        const shifted = String(good).padStart(length, '0').padEnd(2, '0');
        const percent = `${BigInt(shifted.slice(0, 2))}.${shifted.slice(2) || '0'}%`;
        expect(Objective.parse(percent)).toEqual(Objective.parse(text));
      }),
    );
  });

  it('and its budget are exactly the whole', () => {
    fc.assert(
      fc.property(decimals, ({ good, length, text }) => {
        const { numerator, denominator } = Objective.parse(text).budget;
        const whole = 10n ** BigInt(length);
        expect(numerator * whole).toBe((whole - good) * denominator);
        expect(Objective.parse(text).budgetRatio).toBe(toNumber({ numerator, denominator }));
      }),
    );
  });

  it('leaves no trace of binary fractions', () => {
    expect(Objective.parse('99.9%').budgetRatio).toBe(0.001);
    expect(Objective.parse('99.5%').budgetRatio).toBe(0.005);
  });

  it.each([
    '0',
    '0%',
    '1',
    '1.0',
    '100%',
    '100.0%',
    '-0.5',
    '99,9',
    '99,9%',
    'NaN',
    '.nan',
    'Infinity',
    '1e-1',
    '',
    '%',
    '0.999 0.99',
    '101%',
    '250',
  ])('refuses %j and says what is allowed', (written) => {
    expect(() => Objective.parse(written)).toThrow(InvalidValue);
    expect(() => Objective.parse(written)).toThrow(
      `objective is ${JSON.stringify(written)}, allowed: a ratio between 0 and 1`,
    );
  });

  it.each(['99.9', '95', '1.5'])('asks whether %s was meant in percent', (written) => {
    expect(() => Objective.parse(written)).toThrow(`was ${written}% meant?`);
  });
});

describe('objectives that changed', () => {
  const judged = (...parts: readonly (readonly [total: number, objective: string])[]) =>
    Objective.weighted(
      parts.map(([total, text]) => ({ total: BigInt(total), objective: Objective.parse(text) })),
    );
  const events = (good: number, total: number) => ({
    good: BigInt(good),
    total: BigInt(total),
    coveredSeconds: 60,
  });

  it('allow what each part allowed: 10 of 1 000 at 99 % and 6 of 3 000 at 99.8 %', () => {
    const objective = judged([1_000, '99%'], [3_000, '99.8%']);
    expect(objective.ratio).toBe(0.996);
    expect(errorBudget(events(3_992, 4_000), objective)).toEqual({
      allowedBad: 16,
      consumedRatio: 0.5,
      remainingRatio: 0.5,
      remainingBad: 8,
    });
  });

  it('are the objective itself where only one was in force', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 9n });
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 99_999 }), (total, thousandths) => {
        const objective = Objective.parse(`${thousandths / 1000}%`);
        const all = { good: total / 2n, total, coveredSeconds: 60 };
        const weighted = Objective.weighted([{ total, objective }]);
        expect(errorBudget(all, weighted)).toEqual(errorBudget(all, objective));
      }),
    );
  });

  it('count no part that had no events', () => {
    expect(judged([0, '50%'], [10, '99%']).ratio).toBe(0.99);
  });
});
