import { sloWith } from '../../test/support/slos';
import { InvalidInput } from '../http/invalid-input';
import { policiesAsked } from './rehearsed-policies';

const AT = Date.parse('2026-11-20T00:00:00Z') / 1000;
const DAY = 86_400;
const tier = { kind: 'page', factor: '14.4', long: '1h', short: '5m' } as const;

/** Fields that are refused. */
function refused(policies: Parameters<typeof policiesAsked>[1]): readonly string[] {
  try {
    policiesAsked(sloWith(), policies, AT);
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors.map(({ field }) => field);
    throw error;
  }
  return [];
}

describe('the policies of a rehearsal', () => {
  it('are the one in force and those of others where none is named', () => {
    const names = policiesAsked(sloWith(), undefined, AT).map(({ name }) => name);
    expect(names).toEqual(['in-force', 'workbook', 'sloth', 'pyrra', 'grafana']);
  });

  it('say which of them has nothing for the window', () => {
    const slo = sloWith({ window: { kind: 'rolling', seconds: 14 * DAY } });
    const told = policiesAsked(slo, undefined, AT).filter(({ reason }) => reason !== null);
    expect(told.map(({ name }) => name)).toEqual(['sloth']);
  });

  it.each([
    ['a name that is not known, and no tiers', [{ name: 'mine' }], ['policies[0].tiers']],
    ['a name twice', [{ name: 'pyrra' }, { name: 'pyrra' }], ['policies[1].name']],
    ['guards for what is in force', [{ name: 'in-force', minEvents: 5 }], ['policies[0].name']],
    [
      'share and factor at once',
      [{ name: 'a', tiers: [tier, { ...tier, share: '2%' }] }],
      ['policies[0].tiers[1].share'],
    ],
    [
      'windows the wrong way round, and one that is too long',
      [
        {
          name: 'a',
          tiers: [
            { ...tier, short: '2h' },
            { ...tier, long: '90d' },
          ],
        },
      ],
      ['policies[0].tiers[0].short', 'policies[0].tiers[1].long'],
    ],
    [
      'a share of more than all',
      [{ name: 'a', tiers: [{ kind: 'page', share: '101%', long: '1h', short: '5m' }] }],
      ['policies[0].tiers[0].share'],
    ],
  ] as const)('are refused with %s', (_, policies, fields) => {
    expect(refused(policies)).toEqual(fields);
  });
});
