import { type ExclusionDraft, exclusionOf } from './exclusion-draft';

const DRAFT: ExclusionDraft = {
  from: '2026-11-30T10:00',
  to: '2026-11-30T11:05',
  scope: 'slo',
  treatment: 'drop',
  reason: ' upgrade ',
  author: '',
};
const GROUP = { endpoint: '/cart' };

describe('an exclusion that is being written', () => {
  it.each([
    ['slo', null, { slo: 'shop/api' }],
    ['service', null, { service: 'shop' }],
    ['group', GROUP, { slo: 'shop/api', group: GROUP }],
    ['slo', GROUP, { slo: 'shop/api' }],
  ] as const)('for a %s of %j is about %j', (scope, group, about) => {
    expect(exclusionOf({ ...DRAFT, scope }, { slo: 'shop/api', group }, true)).toEqual({
      ...about,
      from: '2026-11-30T10:00:00Z',
      to: '2026-11-30T11:05:00Z',
      treatment: 'drop',
      reason: 'upgrade',
    });
  });

  it('names its author where one is written', () => {
    const asked = { slo: 'shop/api', group: null };
    expect(exclusionOf({ ...DRAFT, author: 'ops ' }, asked, true)?.author).toBe('ops');
  });

  it.each([['2026-11-30T09:00'], ['2026-11-30T10:00'], ['']])('is none until %j', (to) => {
    expect(exclusionOf({ ...DRAFT, to }, { slo: 'shop/api', group: null }, true)).toBeNull();
  });
});
