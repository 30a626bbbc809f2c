import { DASHBOARD_PATHS } from '../../src/http/dashboard-paths';
import { startPostgres, type PostgresServer } from '../support/postgres';
import { type RunningService, startService } from '../support/service';
import { ADMIN_TOKEN } from './served-world';

jest.setTimeout(120_000);

describe('what the service serves of the dashboard', () => {
  let postgres: PostgresServer;
  let service: RunningService;

  beforeAll(async () => {
    postgres = await startPostgres();
    service = await startService({
      env: {
        DATABASE_URL: postgres.url,
        PROMETHEUS_URL: 'http://127.0.0.1:1',
        AUTH: 'token',
        ADMIN_TOKEN,
      },
    });
  });
  afterAll(async () => {
    await service.stop();
    await postgres.stop();
  });

  it('is one page for each of its paths, open to all, asked for anew each time', async () => {
    for (const path of DASHBOARD_PATHS.map((pattern) => pattern.replaceAll(/:\w+/g, 'some'))) {
      const answer = await service.get(path);
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([
        path,
        200,
        'no-cache',
      ]);
      expect(answer.headers.get('content-security-policy')).toContain(
        "script-src 'self';style-src 'self'",
      );
      expect(await answer.text()).toContain('name="slowburn-auth" content="token"');
    }
  });

  it('is its files, kept for good, since another content has another name', async () => {
    const html = await (await service.get('/')).text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const answer = await service.get(file);
      expect([file, answer.status]).toEqual([file, 200]);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });

  it.each([
    '/nowhere',
    '/slos',
    '/slos/shop',
    '/assets/',
    '/assets/nowhere.js',
    '/assets/../index.html',
  ])('is nothing else: %s', async (path) => {
    const answer = await service.get(path, {
      authorization: `Bearer ${ADMIN_TOKEN}`,
    });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
