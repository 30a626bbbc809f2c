import { DASHBOARD_PATHS } from '../../src/http/dashboard-paths';
import { ROUTES, routeOf } from './routes';

describe('the pages', () => {
  it('are where the service serves them', () => {
    for (const { path } of ROUTES) expect(DASHBOARD_PATHS).toContain(path);
  });

  it('are found by their paths', () => {
    expect(routeOf('/')?.route.entry).toBe('overview');
    expect(routeOf('/api/docs')).toBeNull();
  });
});
