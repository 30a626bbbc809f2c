import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { rawGet, startHttpApp, until } from '../../test/support/http-app';
import type { RunningHttpApp } from '../../test/support/http-app';
import { LedgerUnavailable } from '../ledger/ledger';
import { Public, RequireAccess } from './access';
import { Caller, type CallerIs } from './caller';
import { newToken } from './token';

@Controller()
class TestController {
  @RequireAccess('viewer')
  @Get('things')
  list() {
    return [];
  }

  @RequireAccess('editor')
  @Post('things')
  change(@Caller() caller: CallerIs, @Body() body: unknown) {
    return { caller, body };
  }

  @Get('unmarked')
  unmarked() {
    return {};
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

  it.each(['/things', '/unmarked', '/api/docs', '/api/openapi.json'])(
    '%s opens with it',
    async (path) => {
      expect((await app.get(path, { authorization: `bearer ${token}` })).status).toBe(200);
    },
  );

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

interface Init {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('with tokens of roles', () => {
  let app: RunningHttpApp;
  const made: Record<string, string> = {};

  beforeAll(async () => {
    app = await startHttpApp(TestModule, { adminToken: token });
    for (const role of ['viewer', 'editor', 'admin'] as const) {
      made[role] = app.tokens.make(`the-${role}`, role);
    }
  });

  afterAll(() => app.close());

  const ask = (role: string, path: string, init: Init = {}) =>
    fetch(app.url + path, {
      ...init,
      headers: { authorization: `Bearer ${made[role] ?? role}`, ...init.headers },
      redirect: 'manual',
    });
  const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };

  it.each([
    ['viewer', 'GET', '/things', 200],
    ['viewer', 'HEAD', '/things', 200],
    ['viewer', 'POST', '/things', 403],
    ['viewer', 'GET', '/unmarked', 403],
    ['viewer', 'HEAD', '/unmarked', 403],
    ['viewer', 'GET', '/api/openapi.json', 200],
    ['viewer', 'GET', '/api/docs', 200],
    ['viewer', 'GET', '/api/docs/swagger-ui-bundle.js', 200],
    ['viewer', 'GET', '/nowhere', 404],
    ['viewer', 'DELETE', '/things', 404],
    ['editor', 'GET', '/things', 200],
    ['editor', 'POST', '/things', 201],
    ['editor', 'GET', '/unmarked', 403],
    ['admin', 'POST', '/things', 201],
    ['admin', 'GET', '/unmarked', 200],
  ])('%s: %s %s is %d', async (role, method, path, status) => {
    const init = method === 'POST' ? post : { method };
    expect((await ask(role, path, init)).status).toBe(status);
  });

  it('tells the handler who calls, and from where', async () => {
    const answer = await ask('editor', '/things', {
      ...post,
      headers: { ...post.headers, 'x-request-id': 'from-outside-1' },
    });
    expect(await answer.json()).toEqual({
      caller: {
        id: 'token:the-editor',
        role: 'editor',
        requestId: 'from-outside-1',
        address: '127.0.0.1',
      },
      body: {},
    });
  });

  it('says who is refused what', async () => {
    expect(await (await ask('viewer', '/things', post)).json()).toMatchObject({
      title: 'Forbidden',
      detail: 'token:the-viewer has the role viewer; POST here asks for editor.',
    });
  });

  it('writes refused attempts to the audit: who, what and from where, without the query', async () => {
    const before = app.audit.refusals.length;
    await ask('viewer', '/unmarked?token=x');
    await app.get('/things/..%2f?secret=y');
    await until(() => app.audit.refusals.length >= before + 2);
    expect(app.audit.refusals.slice(before)).toEqual([
      expect.objectContaining({
        actor: 'token:the-viewer',
        subject: 'GET /unmarked',
        status: 403,
        address: '127.0.0.1',
      }),
      expect.objectContaining({ actor: 'anonymous', subject: 'GET /things/..%2f', status: 401 }),
    ]);
  });

  it('answers 503 while tokens cannot be looked up, and lets ADMIN_TOKEN in', async () => {
    app.tokens.failure = new LedgerUnavailable(new Error('connection refused'));
    const refused = await ask('viewer', '/things');
    expect([refused.status, await refused.json()]).toEqual([
      503,
      expect.objectContaining({ detail: expect.stringContaining('database') as string }),
    ]);
    expect((await ask(token, '/things')).status).toBe(200);
    expect((await app.get('/open')).status).toBe(200);
    app.tokens.failure = null;
    expect((await ask('viewer', '/things')).status).toBe(200);
  });

  it('shows a token nowhere, wherever somebody wrote it', async () => {
    const stray = newToken();
    const answers = [
      await ask(stray, `/things/${stray}`),
      await ask('viewer', `/nowhere/${stray}`),
      await ask('viewer', '/things', { headers: { 'x-request-id': stray } }),
      await ask('editor', '/things', { ...post, body: `{"${stray}` }),
    ];
    for (const answer of answers) {
      expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toContain(stray);
    }
    expect(JSON.stringify([app.lines, app.audit.refusals])).not.toContain(stray);
    expect(JSON.stringify(app.audit.refusals)).toContain('GET /things/sb_[redacted]');
  });

  // Last: from here on this address has to wait.
  it('slows down whoever tries wrong tokens, and says for how long', async () => {
    let refused = await ask('guess', '/things');
    for (let i = 0; i < 60 && refused.status === 401; i += 1) {
      expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
      refused = await ask(`guess-${i}`, '/things');
    }
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('viewer', '/things')).status).toBe(200);
  });
});

describe('without tokens', () => {
  it('names everybody anonymous, with the rights of an admin', async () => {
    // AUTH=none is obeyed, although there is an ADMIN_TOKEN.
    const app = await startHttpApp(TestModule, { adminToken: token, auth: 'none' });
    const answer = await fetch(`${app.url}/things`, { method: 'POST' });
    expect(await answer.json()).toMatchObject({ caller: { id: 'anonymous', role: 'admin' } });
    expect((await app.get('/unmarked')).status).toBe(200);
    await app.close();
  });
});
