import fc from 'fast-check';
import { alertTiers, canFire, tierFires } from './alert-policy';
import { formatSeconds, parseSeconds } from './duration';
import { toNumber } from './fraction';
import { InvalidValue } from './invalid-value';
import { Objective } from './objective';
import { EMPTY_TALLY, type Tally } from './tally';

const DAY = 86_400;

/** Long window, short window and factor of each tier, the factor to six digits. */
function table(window: string): readonly (readonly (string | number)[])[] {
  return alertTiers(parseSeconds(window)).map(({ longSeconds, shortSeconds, factor }) => [
    formatSeconds(longSeconds),
    formatSeconds(shortSeconds),
    Number(toNumber(factor).toPrecision(6)),
  ]);
}

describe('the default alert tiers', () => {
  it.each([
    [
      '30d',
      [
        ['1h', '5m', 14.4],
        ['6h', '30m', 6],
        ['1d', '2h', 3],
        ['3d', '6h', 1],
      ],
    ],
    [
      '28d',
      [
        ['1h', '5m', 13.44],
        ['6h', '30m', 5.6],
        ['1d', '2h', 2.8],
        ['3d', '6h', 0.933333],
      ],
    ],
    [
      '90d',
      [
        ['1h', '5m', 43.2],
        ['6h', '30m', 18],
        ['1d', '2h', 9],
        ['3d', '6h', 3],
      ],
    ],
    [
      '14d',
      [
        ['30m', '5m', 13.44],
        ['2h50m', '15m', 5.92941],
        ['11h15m', '1h', 2.98667],
        ['1d9h40m', '2h50m', 0.99802],
      ],
    ],
    [
      '7d',
      [
        ['15m', '5m', 13.44],
        ['1h25m', '10m', 5.92941],
        ['5h40m', '30m', 2.96471],
        ['16h50m', '1h25m', 0.99802],
      ],
    ],
    [
      '3d',
      [
        ['10m', '5m', 8.64],
        ['40m', '5m', 5.4],
        ['2h25m', '15m', 2.97931],
        ['7h15m', '40m', 0.993103],
      ],
    ],
  ])('of %s', (window, tiers) => {
    expect(table(window)).toEqual(tiers);
  });

  it('page for the two fast ones, ticket for the two slow ones', () => {
    const kinds = ['page', 'page', 'ticket', 'ticket'];
    expect(alertTiers(30 * DAY).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('are held as fractions: 28 d keeps 0.9333 without end', () => {
    const { numerator = 0n, denominator = 1n } = alertTiers(28 * DAY)[3]?.factor ?? {};
    expect(numerator * 15n).toBe(denominator * 14n);
  });

  it('are refused under three days', () => {
    expect(() => alertTiers(3 * DAY - 1)).toThrow(InvalidValue);
    expect(() => alertTiers(2 * DAY)).toThrow('SLO window in seconds is 172800, allowed: 3d');
  });

  it('of any length spend their share of the budget exactly by burning at their factor', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3 * DAY, max: 400 * DAY }), (period) => {
        const shares = alertTiers(period).map(({ factor, longSeconds, shortSeconds }) => {
          expect(longSeconds % 300).toBe(0);
          expect(shortSeconds % 300).toBe(0);
          expect(shortSeconds).toBeLessThan(longSeconds);
          const { numerator, denominator } = factor;
          return (numerator * BigInt(longSeconds) * 100n) / (denominator * BigInt(period));
        });
        expect(shares).toEqual([2n, 5n, 10n, 10n]);
      }),
    );
  });
});

describe('a tier', () => {
  const [page] = alertTiers(30 * DAY);
  if (page === undefined) throw new Error('there is a first tier');

  it.each([
    ['0.999', true],
    ['0.95', true],
    ['0.94', true],
    ['0.93', false],
    ['0.5', false],
  ])('of factor 14.4 at objective %s can fire: %s', (objective, can) => {
    expect(canFire(page, Objective.parse(objective))).toBe(can);
  });

  it('whose factor is just what a full outage burns cannot fire, since equal is not above', () => {
    const tier = { ...page, factor: { numerator: 20n, denominator: 1n } };
    expect(canFire(tier, Objective.parse('0.95'))).toBe(false);
    const below = { ...page, factor: { numerator: 1_999_999n, denominator: 100_000n } };
    expect(canFire(below, Objective.parse('0.95'))).toBe(true);
  });

  it('can fire exactly when a full outage of both windows fires it', () => {
    const outage: Tally = { good: 0n, total: 60n, coveredSeconds: 3600 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), (parts) => {
        const objective = Objective.parse(`0.${String(parts).padStart(4, '0')}`);
        for (const tier of alertTiers(30 * DAY)) {
          expect(tierFires(tier, objective, outage, outage)).toBe(canFire(tier, objective));
        }
      }),
    );
  });

  it('fires only when both windows burn above its factor', () => {
    const objective = Objective.parse('0.999');
    const calm: Tally = { good: 9_990n, total: 10_000n, coveredSeconds: 3600 };
    const fast: Tally = { good: 9_800n, total: 10_000n, coveredSeconds: 3600 };
    expect(tierFires(page, objective, fast, fast)).toBe(true);
    expect(tierFires(page, objective, fast, calm)).toBe(false);
    expect(tierFires(page, objective, calm, fast)).toBe(false);
    expect(tierFires(page, objective, EMPTY_TALLY, fast)).toBe(false);
  });
});
