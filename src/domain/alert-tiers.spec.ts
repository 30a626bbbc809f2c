import { wantedTiers } from './alert-tiers';
import { DAY_SECONDS, HOUR_SECONDS } from './duration';
import { toNumber } from './fraction';
import type { Alerting, NamedTier } from './slo';

const USUAL: Alerting = {
  runbook: null,
  labels: {},
  tiers: [
    { kind: 'page', severity: 'P0', disabled: false },
    { kind: 'ticket', severity: 'P2', disabled: false },
  ],
};

function named(tier: Partial<NamedTier> & Pick<NamedTier, 'name'>): Alerting {
  const nothing = { severity: null, disabled: false, longSeconds: null, shortSeconds: null };
  return { ...USUAL, named: [{ kind: 'page', ...nothing, fires: null, ...tier }] };
}

function told(alerting: Alerting, periodSeconds = 30 * DAY_SECONDS): readonly unknown[] {
  return wantedTiers(alerting, periodSeconds).map(({ tier, severity }) => [
    tier.name,
    severity,
    tier.longSeconds,
    tier.shortSeconds,
    toNumber(tier.factor),
  ]);
}

describe('the tiers of an SLO', () => {
  const [quick, slow, ticketQuick, ticketSlow] = told(USUAL);

  it('are those of the Workbook, with the severities of their kinds', () => {
    expect(told(USUAL)).toEqual([
      ['page-quick', 'P0', 3_600, 300, 14.4],
      ['page-slow', 'P0', 21_600, 1_800, 6],
      ['ticket-quick', 'P2', 86_400, 7_200, 3],
      ['ticket-slow', 'P2', 259_200, 21_600, 1],
    ]);
  });

  it('lose one that is switched off, and all of a kind that is', () => {
    expect(told(named({ name: 'page-slow', disabled: true }))).toEqual([
      quick,
      ticketQuick,
      ticketSlow,
    ]);
    const noPage = USUAL.tiers.map((tier) => ({ ...tier, disabled: tier.kind === 'page' }));
    expect(told({ ...USUAL, tiers: noPage })).toEqual([ticketQuick, ticketSlow]);
  });

  it('take a share, a factor, windows or a severity by their names', () => {
    const rest = [slow, ticketQuick, ticketSlow];
    expect(told(named({ name: 'page-quick', fires: { share: '5%' } }))).toEqual([
      ['page-quick', 'P0', 3_600, 300, 36],
      ...rest,
    ]);
    expect(told(named({ name: 'page-quick', fires: { factor: '13.44' } }))).toEqual([
      ['page-quick', 'P0', 3_600, 300, 13.44],
      ...rest,
    ]);
    // The default share, over half the window: twice the burn.
    expect(told(named({ name: 'page-quick', longSeconds: 1_800 }))).toEqual([
      ['page-quick', 'P0', 1_800, 300, 28.8],
      ...rest,
    ]);
    expect(told(named({ name: 'page-quick', severity: 'P1' }))).toEqual([
      ['page-quick', 'P1', 3_600, 300, 14.4],
      ...rest,
    ]);
  });

  it('gain own ones, whose factor follows the SLO window from their share', () => {
    const own = named({
      ...{ name: 'cost', kind: 'ticket', fires: { share: '0.2' } },
      ...{ longSeconds: 12 * HOUR_SECONDS, shortSeconds: HOUR_SECONDS },
    });
    expect(told(own).at(-1)).toEqual(['cost', 'P2', 43_200, 3_600, 12]);
    expect(told(own, 7 * DAY_SECONDS).at(-1)).toEqual(['cost', 'P2', 43_200, 3_600, 2.8]);
  });
});
