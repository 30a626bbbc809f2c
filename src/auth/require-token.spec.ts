import { Controller, Get, Module } from '@nestjs/common';
import { rawGet, startHttpApp, until } from '../../test/support/http-app';
import type { RunningHttpApp } from '../../test/support/http-app';
import { Public } from './access';

@Controller()
class TestController {
  @Get('things')
  list() {
    return [];
  }

  @Public()
  @Get('open')
  open() {
    return {};
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

const token = 'a-token-of-at-least-32-characters';

describe('with an admin token', () => {
  let app: RunningHttpApp;

  beforeAll(async () => {
    app = await startHttpApp(TestModule, { adminToken: token });
  });

  beforeEach(() => {
    app.lines.length = 0;
  });

  afterAll(() => app.close());

  it.each([
    '/things',
    '/things/x',
    '/api/docs',
    '/api/%64ocs',
    '/api/docs/',
    '/api/docs/swagger-ui-init.js',
    '/api/docs/swagger-ui-bundle.js',
    '/api/openapi.json',
    '/metrics',
    '/nowhere',
    '/open/../things',
    '//things',
    '/open/more',
  ])('%s is closed without it', async (path) => {
    const { status, headers } = await rawGet(app.url + path);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer realm="slowburn"');
    expect(headers['content-type']).toMatch(/problem\+json/);
    expect(headers['x-request-id']).toBeDefined();
  });

  it.each([
    'Bearer',
    'Bearer wrong',
    `Basic ${token}`,
    token,
    `Bearer ${token}x`,
    `Bearer ${token} x`,
  ])('is not satisfied by %p', async (authorization) => {
    expect((await app.get('/things', { authorization })).status).toBe(401);
  });

  it('says in the problem what to send', async () => {
    expect(await (await app.get('/things')).json()).toMatchObject({
      title: 'Unauthorized',
      detail: 'Send the token as "Authorization: Bearer …".',
    });
  });

  it.each(['/things', '/api/docs', '/api/openapi.json'])('%s opens with it', async (path) => {
    expect((await app.get(path, { authorization: `bearer ${token}` })).status).toBe(200);
  });

  it('leaves open what is marked so, whatever is sent', async () => {
    expect((await app.get('/open')).status).toBe(200);
    expect((await app.get('/open', { authorization: 'Bearer wrong' })).status).toBe(200);
  });

  it('says in the log who it was, and never the token', async () => {
    await app.get('/things', { authorization: `Bearer ${token}` });
    await until(() => app.lines.length > 0);
    expect(app.lines.at(-1)).toMatchObject({ user_id: 'admin', endpoint: '/things' });
    expect(JSON.stringify(app.lines)).not.toContain(token);
  });
});
