import { matchPath } from './match-path';

describe('a path against a pattern', () => {
  it.each([
    ['/', '/', {}],
    ['/alerts', '/alerts/', {}],
    ['/slos/:service/:name', '/slos/shop/api-errors', { service: 'shop', name: 'api-errors' }],
    ['/reports/:month', '/reports/2026%2D10', { month: '2026-10' }],
  ])('%s is %s', (pattern, path, params) => {
    expect(matchPath(pattern, path)).toEqual(params);
  });

  it.each([
    ['/', '/alerts'],
    ['/alerts', '/'],
    ['/slos/:service/:name', '/slos/shop'],
    ['/slos/:service/:name', '/slos/shop/api/more'],
    ['/reports/:month', '/reports/%'],
    ['/reports/:month', '/alerts/2026-10'],
    ['/slos/:service/:name', '/slos/shop%2Fapi/errors'],
    ['/slos/:service/:name', '/slos/shop/errors%3Fretired=true'],
    ['/slos/:service/:name', '/slos/shop/errors%23'],
  ])('%s is not %s', (pattern, path) => {
    expect(matchPath(pattern, path)).toBeNull();
  });
});
