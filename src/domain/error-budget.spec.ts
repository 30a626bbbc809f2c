import fc from 'fast-check';
import { burnRate, burnsFaster } from './burn-rate';
import { coverageBand, coverageRatio } from './coverage';
import { budgetSeconds, errorBudget, sliRatio } from './error-budget';
import { type Fraction, toNumber } from './fraction';
import { Objective } from './objective';
import { badOf, EMPTY_TALLY, type Tally } from './tally';

const DAY = 86_400;
const goodness = fc.array(fc.boolean(), { minLength: 1, maxLength: 300 });
const objectives = fc
  .integer({ min: 1, max: 999_999 })
  .map((millionths) => Objective.parse(`0.${String(millionths).padStart(6, '0')}`));
const tallies = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.bigInt({ min: 1n, max: 10n ** 15n }))
  .map(([good, bad]): Tally => ({ good, total: good + bad, coveredSeconds: 30 * DAY }));

describe('an error budget', () => {
  it('is what counting single events says it is', () => {
    fc.assert(
      fc.property(goodness, objectives, (events, objective) => {
        const bad = events.filter((good) => !good).length;
        const allowed = (1 - objective.ratio) * events.length;
        const budget = errorBudget(tallyOf(events), objective);
        expect(budget?.allowedBad).toBeCloseTo(allowed, 9);
        expect(budget?.remainingBad).toBeCloseTo(allowed - bad, 9);
        expectNear(budget?.consumedRatio, bad / allowed);
        expectNear(sliRatio(tallyOf(events)), (events.length - bad) / events.length);
        expectNear(burnRate(tallyOf(events), objective), bad / allowed);
      }),
    );
  });

  it('consumed and remaining are the whole', () => {
    fc.assert(
      fc.property(tallies, objectives, (events, objective) => {
        const budget = errorBudget(events, objective);
        const { consumedRatio = NaN, remainingRatio = NaN } = budget ?? {};
        const scale = Math.max(1, Math.abs(consumedRatio));
        expect(Math.abs(consumedRatio + remainingRatio - 1) / scale).toBeLessThan(1e-14);
      }),
    );
  });

  it('a stricter objective burns more and leaves less, as soon as anything is bad', () => {
    fc.assert(
      fc.property(tallies, objectives, objectives, (events, one, other) => {
        fc.pre(one.text !== other.text);
        const [loose, strict] = one.ratio < other.ratio ? [one, other] : [other, one];
        expect(burnRate(events, strict)).toBeGreaterThan(burnRate(events, loose) ?? NaN);
        const [less, more] = [errorBudget(events, strict), errorBudget(events, loose)];
        expect(less?.consumedRatio).toBeGreaterThan(more?.consumedRatio ?? NaN);
        // Close to 1 the difference may be finer than a number can tell.
        expect(less?.remainingRatio).toBeLessThanOrEqual(more?.remainingRatio ?? NaN);
        expect(less?.allowedBad).toBeLessThan(more?.allowedBad ?? NaN);
      }),
    );
  });

  it('a full outage burns at 1 / (1 - objective)', () => {
    const outage = { good: 0n, total: 500n, coveredSeconds: 300 };
    expect(burnRate(outage, Objective.parse('0.999'))).toBe(1000);
    expect(burnRate(outage, Objective.parse('99.5%'))).toBe(200);
  });

  it('is unknown when nothing was seen, and whole when nothing happened', () => {
    const objective = Objective.parse('0.999');
    expect(errorBudget(EMPTY_TALLY, objective)).toBeNull();
    expect(burnRate(EMPTY_TALLY, objective)).toBeNull();
    const quiet = { ...EMPTY_TALLY, coveredSeconds: 60 };
    expect(errorBudget(quiet, objective)).toEqual({
      allowedBad: 0,
      consumedRatio: 0,
      remainingRatio: 1,
      remainingBad: 0,
    });
    expect(burnRate(quiet, objective)).toBe(0);
    expect(sliRatio(quiet)).toBeNull();
  });

  it('as time is its share of the window', () => {
    fc.assert(
      fc.property(objectives, fc.integer({ min: 3, max: 400 }), (objective, days) => {
        expectNear(budgetSeconds(objective, days * DAY), (1 - objective.ratio) * days * DAY);
      }),
    );
  });
});

describe('burning faster than a factor', () => {
  const factors = fc
    .tuple(fc.bigInt({ min: 1n, max: 100_000n }), fc.bigInt({ min: 1n, max: 100_000n }))
    .map(([numerator, denominator]): Fraction => ({ numerator, denominator }));

  it('is what exact fractions say', () => {
    fc.assert(
      fc.property(tallies, objectives, factors, (events, objective, factor) => {
        const { numerator, denominator } = objective.budget;
        const burn = { of: badOf(events) * denominator, over: events.total * numerator };
        const above = burn.of * factor.denominator - factor.numerator * burn.over > 0n;
        expect(burnsFaster(events, objective, factor)).toBe(above);
      }),
    );
  });

  it('is never so at exactly the factor, and always so one event above it', () => {
    fc.assert(
      fc.property(objectives, fc.bigInt({ min: 1n, max: 1000n }), (objective, bad) => {
        // The burn of these events is exactly the factor, whatever it is.
        const events = { good: 1000n - bad, total: 1000n, coveredSeconds: 60 };
        const { numerator, denominator } = objective.budget;
        const factor = { numerator: bad * denominator, denominator: 1000n * numerator };
        expect(burnsFaster(events, objective, factor)).toBe(false);
        const worse = { good: events.good, total: 1001n, coveredSeconds: 60 };
        expect(burnsFaster(worse, objective, factor)).toBe(bad < 1000n);
      }),
    );
  });

  it('is never so without events', () => {
    const factor = { numerator: 1n, denominator: 1000n };
    expect(burnsFaster(EMPTY_TALLY, Objective.parse('0.9'), factor)).toBe(false);
  });
});

describe('coverage', () => {
  it('is a share that a bridged gap cannot lift above one', () => {
    expect(coverageRatio({ ...EMPTY_TALLY, coveredSeconds: 1800 }, 3600)).toBe(0.5);
    expect(coverageRatio({ ...EMPTY_TALLY, coveredSeconds: 4000 }, 3600)).toBe(1);
  });

  it('the band holds the remaining budget, and closes on it when everything was seen', () => {
    fc.assert(
      fc.property(
        tallies,
        objectives,
        fc.integer({ min: 0, max: 30 }),
        (events, objective, lost) => {
          const seen = { ...events, coveredSeconds: (30 - lost) * DAY + 60 };
          const band = coverageBand(seen, objective, 30 * DAY + 60);
          const remaining = errorBudget(seen, objective)?.remainingRatio ?? NaN;
          const slack = 1e-9 * Math.max(1, Math.abs(remaining));
          expect(band?.remainingRatioWorst).toBeLessThanOrEqual(remaining + slack);
          expect(band?.remainingRatioBest).toBeGreaterThanOrEqual(remaining - slack);
          if (lost === 0) {
            expectNear(band?.remainingRatioWorst, remaining);
            expectNear(band?.remainingRatioBest, remaining);
          }
        },
      ),
    );
  });

  it('has no band where no time is covered, even if events came', () => {
    const objective = Objective.parse('0.999');
    expect(coverageBand(EMPTY_TALLY, objective, 3600)).toBeNull();
    expect(coverageBand({ good: 1n, total: 2n, coveredSeconds: 0 }, objective, 3600)).toBeNull();
  });

  it('without traffic all of it is a point', () => {
    const band = coverageBand({ ...EMPTY_TALLY, coveredSeconds: 60 }, Objective.parse('0.9'), 3600);
    expect(band).toEqual({ remainingRatioWorst: 1, remainingRatioBest: 1 });
  });
});

describe('a fraction as a number', () => {
  const digits = fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n });
  const divisor = fc.bigInt({ min: 1n, max: 10n ** 60n });

  it('is the nearest one up to the last bits, however long its parts are', () => {
    fc.assert(
      fc.property(digits, divisor, (numerator, denominator) => {
        const told = toNumber({ numerator, denominator });
        expect(relativeError(told, numerator, denominator)).toBeLessThan(1e-15);
      }),
    );
  });

  it('still has a value where the parts are beyond what a number can hold', () => {
    expect(toNumber({ numerator: 3n * 10n ** 400n, denominator: 4n * 10n ** 400n })).toBe(0.75);
    expect(toNumber({ numerator: -3n * 10n ** 400n, denominator: 10n ** 401n })).toBeCloseTo(-0.3);
  });

  it('over zero has no value', () => {
    expect(() => toNumber({ numerator: 1n, denominator: 0n })).toThrow(RangeError);
  });
});

function tallyOf(events: readonly boolean[]): Tally {
  const good = BigInt(events.filter((one) => one).length);
  return { good, total: BigInt(events.length), coveredSeconds: 60 };
}

function expectNear(told: number | null | undefined, wanted: number): void {
  const difference = Math.abs((told ?? NaN) - wanted) / Math.max(1, Math.abs(wanted));
  expect(difference).toBeLessThan(1e-9);
}

/** |told - n/d| / |n/d| with 40 exact digits. */
function relativeError(told: number, numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return Math.abs(told);
  const scale = 10n ** 120n;
  const [whole = '0', exponent = '0'] = told.toExponential(20).split('e');
  const mantissa = BigInt(whole.replace('.', ''));
  const power = BigInt(exponent) - 20n + 120n;
  const exact = (numerator * scale) / denominator;
  const difference = mantissa * 10n ** power - exact;
  const absolute = (value: bigint) => (value < 0n ? -value : value);
  return Number((absolute(difference) * 10n ** 20n) / absolute(exact)) / 1e20;
}
