import { DAY_SECONDS, formatSeconds } from './duration';
import { toNumber } from './fraction';
import { InvalidValue } from './invalid-value';
import { KNOWN_POLICIES } from './known-policies';
import { type RehearsedTier, settledTier } from './rehearsed-policy';

/** `long/short x factor`, as tiers come to be replayed. */
function told(name: string, days: number): readonly string[] | string {
  const tiers = KNOWN_POLICIES.find((policy) => policy.name === name)?.tiers(days * DAY_SECONDS);
  if (tiers === undefined || typeof tiers === 'string') return tiers ?? 'unknown';
  return tiers.map((tier) => {
    const { longSeconds, shortSeconds, factor } = settledTier(tier, 'x', days * DAY_SECONDS);
    const rounded = Number(toNumber(factor).toFixed(4));
    const wait = tier.forSeconds === 0 ? '' : ` for ${formatSeconds(tier.forSeconds)}`;
    return `${formatSeconds(longSeconds)}/${formatSeconds(shortSeconds)} x ${rounded}${wait}`;
  });
}

const WORKBOOK = ['1h/5m x 14.4', '6h/30m x 6', '1d/2h x 3', '3d/6h x 1'];

describe('the policies of others', () => {
  it.each([
    ['workbook', 30, WORKBOOK],
    ['sloth', 30, WORKBOOK],
    ['grafana', 30, WORKBOOK],
    ['sloth', 28, ['1h/5m x 13.44', '6h/30m x 5.6', '1d/2h x 2.8', '3d/6h x 0.9333']],
    ['grafana', 28, WORKBOOK],
    ['sloth', 7, ['1h/5m x 13.44', '6h/30m x 3.5', '1d/2h x 1.4', '3d/6h x 0.98']],
    ['sloth-quick', 30, ['30m/5m x 14.4', '3h/15m x 4.8', '12h/1h x 3', '1d12h/3h x 1']],
    [
      'pyrra',
      28,
      ['1h/5m x 14 for 2m', '6h/30m x 7 for 15m', '1d/2h x 2 for 1h', '4d/6h x 1 for 3h'],
    ],
    [
      // Pyrra's own are 64m/5m, 386m/32m, 1543m/129m and 6171m/386m.
      'pyrra',
      30,
      [
        '1h5m/5m x 14 for 2m',
        '6h30m/35m x 7 for 16m',
        '1d1h45m/2h10m x 2 for 1h4m',
        '4d6h55m/6h30m x 1 for 3h13m',
      ],
    ],
  ])('%s over %i days', (name, days, tiers) => {
    expect(told(name, days)).toEqual(tiers);
  });

  it('say so where they have none for a window', () => {
    expect(told('sloth', 14)).toBe(
      'Sloth has windows for 28 and 30 days built in and an example for 7 days, not for 14',
    );
    expect(told('pyrra', 2)).toBe('Pyrra rounds its shortest window to nothing below 67h12m');
  });
});

describe('a rehearsed tier', () => {
  const tier = (different: Partial<RehearsedTier>): RehearsedTier => ({
    ...{ kind: 'page', severity: null, longSeconds: 3_600, shortSeconds: 300, forSeconds: 0 },
    fires: { factor: '14.4' },
    ...different,
  });

  it('has its windows on the grid, and the factor of a share by the rounded length', () => {
    const settled = settledTier(
      tier({ longSeconds: 3_540, shortSeconds: 61, fires: { share: '2%' } }),
      'x',
      30 * DAY_SECONDS,
    );
    expect([settled.longSeconds, settled.shortSeconds, toNumber(settled.factor)]).toEqual([
      3_600, 300, 14.4,
    ]);
  });

  it.each([
    ['a share of nothing', { fires: { share: '0%' } }],
    ['a share above all there is', { fires: { share: '101%' } }],
    ['a factor that is no number', { fires: { factor: 'often' } }],
    ['windows the wrong way round', { longSeconds: 300, shortSeconds: 3_600 }],
    ['two windows of one length', { longSeconds: 300, shortSeconds: 300 }],
  ] as const)('is refused with %s', (_, different) => {
    expect(() => settledTier(tier(different), 'x', 30 * DAY_SECONDS)).toThrow(InvalidValue);
  });
});
