import { DASHBOARD_PATHS } from '../../src/http/dashboard-paths';
import { ROUTES, routeOf } from './routes';

// A component of the browser; where it is does not depend on what it shows.
jest.mock('./pages/overview/overview', () => ({ Page: null }), { virtual: true });

describe('the pages', () => {
  it('are where the service serves them', () => {
    for (const { path } of ROUTES) expect(DASHBOARD_PATHS).toContain(path);
  });

  it('are found by their paths', () => {
    expect(routeOf('/')?.route.entry).toBe('overview');
    expect(routeOf('/api/docs')).toBeNull();
  });
});
