import { alertsPath, readFilter } from './filter';

const read = (query: string) => readFilter(new URLSearchParams(query));

describe('which alerts are shown', () => {
  it('stands in the address', () => {
    expect(read('slo=shop/api&severity=P0&service=shop')).toEqual({
      ...{ slo: 'shop/api', severity: 'P0', service: 'shop' },
    });
    expect(read('')).toEqual({ slo: null, severity: null, service: null });
  });

  it.each([['slo=shop'], ['slo=Shop/api'], ['service='], [`severity=${'x'.repeat(201)}`]])(
    'is all where the address says what cannot be: %s',
    (query) => {
      expect(read(query)).toEqual({ slo: null, severity: null, service: null });
    },
  );

  it('is asked of the service', () => {
    expect(alertsPath('firing', read('slo=shop/api&severity=P0 %26'), 50)).toBe(
      '/api/v1/alerts?state=firing&limit=50&slo=shop%2Fapi&severity=P0+%26',
    );
  });
});
