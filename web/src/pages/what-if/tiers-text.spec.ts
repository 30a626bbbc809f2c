import { MOST_TIERS, tierBodies, tiersOf, tiersText, type TypedTier } from './tiers-text';

const page: TypedTier = { kind: 'page', factor: '14.4', long: '1h', short: '5m', wait: '' };
const ticket: TypedTier = { kind: 'ticket', factor: '1', long: '3d', short: '6h', wait: '1h' };

describe('tiers in an address', () => {
  it('come back as they were', () => {
    const text = 'page:14.4:1h:5m;ticket:1:3d:6h:1h';
    expect(tiersText([page, ticket])).toBe(text);
    expect(tiersOf(text)).toEqual([page, ticket]);
  });

  it('are kept while they are still being typed', () => {
    const half: TypedTier = { ...page, factor: '', long: '' };
    expect(tiersOf(tiersText([half]))).toEqual([half]);
    expect(tiersText([{ ...page, long: '1:2;3' }])).toBe('page:14.4:123:5m');
  });

  it.each([null, '', 'x', 'sms:1:1h:5m', ';;'])('%j is none', (text) => {
    expect(tiersOf(text)).toEqual([]);
  });

  it('are no more than the service takes', () => {
    expect(tiersOf('page:1:1h:5m;'.repeat(40))).toHaveLength(MOST_TIERS);
  });

  it('wait only where they say so', () => {
    expect(tierBodies([page, ticket])).toEqual([
      { kind: 'page', factor: '14.4', long: '1h', short: '5m' },
      { kind: 'ticket', factor: '1', long: '3d', short: '6h', for: '1h' },
    ]);
  });
});
