import { Controller, Get, Module } from '@nestjs/common';
import { rawGet, type RunningHttpApp, startHttpApp } from '../../test/support/http-app';
import { Public, RequireAccess } from './access';
import { isCalledBy } from './called-by-name';

const LOCAL = { names: ['slo.example', '10.1.2.3'], anyAddress: false };

describe('a host that is named by a request', () => {
  it.each([
    'localhost',
    'LOCALHOST:8080',
    'localhost.',
    'shop.localhost:80',
    '127.0.0.1:8080',
    '127.9.9.9',
    '[::1]:8080',
    'slo.example',
    'SLO.example.:443',
    '10.1.2.3:8080',
    undefined,
  ])('is ours: %p', (header) => {
    expect(isCalledBy(header, LOCAL)).toBe(true);
  });

  it.each([
    'rebound.example',
    'rebound.example:8080',
    'slo.example.evil.example',
    'evil-slo.example',
    'localhost.evil.example',
    'notlocalhost',
    '127.0.0.1.evil.example',
    'evil.example@127.0.0.1',
    '127.0.0.1/evil.example',
    'localhost:8080@evil.example',
    'evil.example#localhost',
    '[::1].evil.example',
    'localhost evil.example',
    'localhost:123456',
    '192.168.0.7',
    '[fd00::1]',
    '2130706433',
    '[::ffff:10.0.0.1]',
    '.',
    ':8080',
    '',
  ])('is another one: %p', (header) => {
    expect(isCalledBy(header, LOCAL)).toBe(false);
  });

  it('may be any address where any is listened on, but no name', () => {
    const anywhere = { names: [], anyAddress: true };
    expect(isCalledBy('192.168.0.7:8080', anywhere)).toBe(true);
    expect(isCalledBy('[fd00::1]:8080', anywhere)).toBe(true);
    expect(isCalledBy('rebound.example', anywhere)).toBe(false);
    expect(isCalledBy('192.168.0.7.evil.example', anywhere)).toBe(false);
  });
});

@Controller()
class TestController {
  @RequireAccess('viewer')
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

describe('requests that name another host', () => {
  let app: RunningHttpApp;
  afterEach(() => app.close());

  const answerTo = (host: string, path: string) => rawGet(`${app.url}${path}`, { host });

  it.each(['/things', '/open', '/nowhere', '/api/openapi.json', '/api/docs'])(
    'are refused without tokens: %s',
    async (path) => {
      app = await startHttpApp(TestModule, {
        calledBy: { names: ['slo.example'], anyAddress: false },
      });
      const refused = await answerTo('rebound.example', path);
      expect(refused.status).toBe(421);
      expect(refused.headers['content-type']).toContain('application/problem+json');
      expect(JSON.parse(refused.body)).toMatchObject({
        status: 421,
        detail:
          'Host is "rebound.example", allowed without tokens: localhost, slo.example, or what ALLOWED_HOSTS names.',
      });
      expect((await answerTo('slo.example', path)).status).not.toBe(421);
    },
  );

  it('are answered where every one brings its token', async () => {
    app = await startHttpApp(TestModule, { adminToken: 'a-token-of-at-least-32-characters' });
    expect((await answerTo('rebound.example', '/open')).status).toBe(200);
  });
});
