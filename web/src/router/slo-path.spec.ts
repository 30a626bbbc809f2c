import { groupOf, sloPath } from './slo-path';

describe('the page of an SLO', () => {
  it('is where its alerts link to', () => {
    expect(sloPath('shop/api-errors', null)).toBe('/slos/shop/api-errors');
    expect(sloPath('shop/api-errors', { endpoint: '/a b', long: 'x&y' })).toBe(
      '/slos/shop/api-errors?label.endpoint=%2Fa+b&label.long=x%26y',
    );
    expect(sloPath('shop/api-errors', { endpoint: '' }, 'what-if')).toBe(
      '/what-if/shop/api-errors?label.endpoint=',
    );
  });

  it('names its group, and nothing else', () => {
    const group = { endpoint: '/a b', long: 'x&y' };
    const { search } = new URL(sloPath('shop/api-errors', group), 'http://localhost');
    expect(groupOf(new URLSearchParams(search))).toEqual(group);
    expect(groupOf(new URLSearchParams('from=now&labels=1'))).toBeNull();
  });
});
