import { request as httpRequest } from 'node:http';
import {
  Body,
  Controller,
  Get,
  Logger,
  Module,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, ValidateNested } from 'class-validator';
import { InvalidValue } from '../domain/invalid-value';
import { createHttpApp } from './create-http-app';
import { HealthController } from './health.controller';
import { PageQuery } from './page.dto';
import { pageOf } from './page';
import { problem } from './problem';
import { ReadinessProbe } from './readiness-probe';
import { StructuredLogger } from './structured-logger';

class Inner {
  @IsInt()
  @Max(9)
  readonly depth!: number;
}

class Thing {
  @IsString()
  readonly name!: string;

  @ValidateNested({ each: true })
  @Type(() => Inner)
  readonly inner!: Inner[];
}

class DatabaseAway extends Error {}

const probe = {
  database: () => Promise.resolve(true),
  prometheus: () => true,
  evaluated: () => true,
};

@Controller('things')
class ThingController {
  @Get()
  @ApiOperation({ summary: 'Things' })
  list(@Query() query: PageQuery) {
    return pageOf(['a', 'b', 'c'], query, (row) => row);
  }

  @Get('large')
  large() {
    return { text: 'x'.repeat(50_000) };
  }

  @Get('broken')
  broken() {
    throw new TypeError('SELECT secret FROM inner_workings');
  }

  @Get('away')
  away() {
    throw new DatabaseAway();
  }

  @Get('at/:at')
  at(@Param('at') at: string) {
    throw new InvalidValue('at', at, 'an RFC 3339 time');
  }

  @Get(':name')
  get(@Param('name') name: string) {
    throw new NotFoundException(`No thing is called ${name}.`);
  }

  @Post()
  make(@Body() thing: Thing) {
    new Logger('Things').log(`made ${thing.name}`);
    return thing;
  }
}

@Module({
  controllers: [ThingController, HealthController],
  providers: [{ provide: ReadinessProbe, useValue: probe }],
})
class TestModule {}

describe('an application made of http/', () => {
  let app: NestFastifyApplication;
  let url: string;
  let lines: Record<string, unknown>[];

  async function start(adminToken: string | null): Promise<void> {
    const destination = {
      write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
    };
    const logger = new StructuredLogger({ logLevel: 'debug', logFormat: 'json' }, destination);
    app = await createHttpApp(TestModule, {
      config: { adminToken },
      logger,
      version: '1.2.3',
      problems: [(error) => (error instanceof DatabaseAway ? problem(503, 'No database.') : null)],
    });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  }

  beforeAll(async () => {
    lines = [];
    await start(null);
  });

  beforeEach(() => {
    lines.length = 0;
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(() => app.close());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(url + path, { headers, redirect: 'manual' });
  const post = (path: string, body: string, type = 'application/json') =>
    fetch(url + path, { method: 'POST', body, headers: { 'content-type': type } });

  async function problemOf(answer: Response): Promise<Record<string, unknown>> {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      status: answer.status,
      requestId: answer.headers.get('x-request-id'),
    });
    return body;
  }

  describe('problems', () => {
    it('are told in the form of RFC 9457', async () => {
      expect(await problemOf(await get('/things/x'))).toEqual({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: 'No thing is called x.',
        requestId: expect.any(String) as string,
      });
    });

    it('list each wrong field with its value and what is allowed', async () => {
      const wrong = { name: 5, inner: [{ depth: 3 }, { depth: 10, extra: 1 }], nmae: 'x' };
      const answer = await post('/things', JSON.stringify(wrong));
      expect(answer.status).toBe(422);
      const { title, errors } = await problemOf(answer);
      expect(title).toBe('Invalid input');
      expect(errors).toEqual([
        { field: 'nmae', value: 'x', allowed: 'no such field, allowed: inner, name' },
        { field: 'name', value: 5, allowed: 'must be a string' },
        { field: 'inner[1].extra', value: 1, allowed: 'no such field, allowed: depth' },
        { field: 'inner[1].depth', value: 10, allowed: 'must not be greater than 9' },
      ]);
    });

    it.each([
      ['limit=0', 'limit', 0, 'must not be less than 1'],
      ['limit=1001', 'limit', 1001, 'must not be greater than 1000'],
      ['limit=ten', 'limit', null, /must be an integer number/],
      ['cursor=a&cursor=b', 'cursor', ['a', 'b'], 'must be a string'],
      ['cursor=nonsense', 'cursor', 'nonsense', 'nextCursor of an earlier answer'],
      ['lmit=5', 'lmit', '5', 'no such field, allowed: cursor, limit'],
    ])('name what is wrong in ?%s', async (query, field, value, allowed) => {
      const answer = await get(`/things?${query}`);
      expect(answer.status).toBe(422);
      const matching = allowed instanceof RegExp ? expect.stringMatching(allowed) : allowed;
      expect((await problemOf(answer))['errors']).toEqual([{ field, value, allowed: matching }]);
    });

    it('tell a broken rule of the domain as wrong input', async () => {
      const body = await problemOf(await get('/things/at/noon'));
      expect(body).toMatchObject({
        status: 422,
        detail: 'at is "noon", allowed: an RFC 3339 time',
        errors: [{ field: 'at', value: 'noon', allowed: 'an RFC 3339 time' }],
      });
    });

    it('tell another room’s error as that room says', async () => {
      expect(await problemOf(await get('/things/away'))).toMatchObject({
        status: 503,
        detail: 'No database.',
      });
      expect(lines.filter((line) => line['level'] === 'ERROR')).toEqual([]);
    });

    it('keep what nobody foresaw for the log', async () => {
      const answer = await get('/things/broken', { 'x-request-id': 'mine-1' });
      expect(answer.status).toBe(500);
      const text = await answer.text();
      expect(text).toContain('mine-1');
      expect(text).not.toMatch(/SELECT|TypeError|\bat /);
      expect(lines).toContainEqual(
        expect.objectContaining({
          level: 'ERROR',
          request_id: 'mine-1',
          error: expect.objectContaining({
            message: 'SELECT secret FROM inner_workings',
            stack: expect.stringContaining('broken') as string,
          }) as unknown,
        }),
      );
    });

    it.each([
      ['an unknown path', () => get('/nowhere'), 404],
      ['no JSON', () => post('/things', '{'), 400],
      ['an empty body', () => post('/things', ''), 400],
      ['another media type', () => post('/things', 'x', 'image/png'), 415],
      ['more than 1 MiB', () => post('/things', `"${'x'.repeat(1024 * 1024)}"`), 413],
    ])('answer %s', async (_, ask, status) => {
      const answer = await ask();
      expect(answer.status).toBe(status);
      await problemOf(answer);
      expect(lines.filter((line) => line['level'] === 'ERROR')).toEqual([]);
    });
  });

  describe('request ids', () => {
    it('are the caller’s where they are fit, on answers and in the log', async () => {
      const answer = await get('/things', { 'x-request-id': 'Abc_1.2-3' });
      expect(answer.headers.get('x-request-id')).toBe('Abc_1.2-3');
    });

    it.each(['', 'has space', 'x'.repeat(129), '<script>', '"quoted"'])(
      'are ours instead of %p',
      async (id) => {
        const answer = await get('/things', { 'x-request-id': id });
        expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      },
    );
  });

  it('writes one line for a request in the shape that was asked for', async () => {
    await get('/things?limit=2&cursor=', { 'x-request-id': 'r1', 'x-forwarded-for': '6.6.6.6' });
    await until(() => lines.length > 0);
    expect(lines).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        level: 'INFO',
        message: 'GET /things 422',
        context: 'Http',
        request_id: 'r1',
        user_id: null,
        ip_address: '127.0.0.1',
        endpoint: '/things',
        method: 'GET',
        status: 422,
        response_time_ms: expect.any(Number) as number,
      },
    ]);
  });

  it('carries the request id into what is logged after the body was read', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(500_000), inner: [] });
    await fetch(`${url}/things`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'x-request-id': 'r2' },
    });
    const made = lines.find((line) => line['context'] === 'Things');
    expect(made).toMatchObject({ request_id: 'r2', ip_address: '127.0.0.1', level: 'INFO' });
  });

  it('pages through a list', async () => {
    const first = (await (await get('/things?limit=2')).json()) as { nextCursor: string };
    expect(first).toMatchObject({ items: ['a', 'b'] });
    const second: unknown = await (await get(`/things?limit=2&cursor=${first.nextCursor}`)).json();
    expect(second).toEqual({ items: ['c'], nextCursor: null });
    expect(await (await get('/things')).json()).toEqual({
      items: ['a', 'b', 'c'],
      nextCursor: null,
    });
  });

  it('answers 304 to who has it already, compressed or not', async () => {
    const etag = (await get('/things/large', { 'accept-encoding': 'identity' })).headers.get(
      'etag',
    );
    expect(etag).toMatch(/^W\/"/);
    const again = await get('/things/large', { 'if-none-match': etag ?? '' });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('compresses what is worth it', async () => {
    const { headers, size } = await raw(`${url}/things/large`);
    expect(headers['content-encoding']).toBe('gzip');
    expect(size).toBeLessThan(1_000);
    expect((await raw(`${url}/things`)).headers['content-encoding']).toBeUndefined();
  });

  it('sets the headers that keep browsers from harm, and no CORS', async () => {
    const { headers } = await get('/things', { origin: 'https://elsewhere.test' });
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|upgrade-insecure/);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  describe('the documentation', () => {
    it('is OpenAPI 3.1 with every route', async () => {
      const answer = await get('/api/openapi.json');
      expect(await answer.json()).toMatchObject({
        openapi: '3.1.0',
        info: { title: 'Slowburn', version: '1.2.3' },
        paths: { '/things': { get: { summary: 'Things' } }, '/health/ready': {} },
      });
    });

    it('is a page whose policy lets its own files work and no inline script', async () => {
      const page = await get('/api/docs');
      const html = await page.text();
      const policy = page.headers.get('content-security-policy');
      expect(policy).toContain("style-src 'self' 'unsafe-inline'");
      expect(policy).toContain("script-src 'self';");
      expect(html).not.toMatch(/<script(?![^>]* src=)[^>]*>/);
      const files = [...html.matchAll(/(?:src|href)=["']([^"']+)["']/g)].map(([, path]) => path);
      expect(files.length).toBeGreaterThan(3);
      for (const file of files) {
        const answer = await fetch(new URL(file ?? '', `${url}/api/docs`));
        expect([file, answer.status]).toEqual([file, 200]);
      }
    });
  });

  describe('health', () => {
    it('is alive', async () => {
      expect(await (await get('/health')).json()).toEqual({
        status: 'healthy',
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      });
    });

    it.each([
      ['all is well', {}, 200, { status: 'ready', services: { database: true, prometheus: true } }],
      [
        'Prometheus is away',
        { prometheus: () => false },
        200,
        { status: 'ready', services: { database: true, prometheus: false } },
      ],
      [
        'the database is not ready',
        { database: () => Promise.resolve(false) },
        503,
        { status: 'not_ready', services: { database: false, prometheus: true } },
      ],
      [
        'the database fails',
        { database: () => Promise.reject(new Error('away')) },
        503,
        { status: 'not_ready', reason: 'the database does not answer' },
      ],
      [
        'nothing was evaluated yet',
        { evaluated: () => false },
        503,
        {
          status: 'not_ready',
          reason: 'the first evaluation is not done',
          services: { database: true, prometheus: true },
        },
      ],
      [
        'the database never answers',
        { database: () => new Promise<boolean>(() => undefined) },
        503,
        { status: 'not_ready', services: { database: false, prometheus: true } },
      ],
    ])(
      'says when %s',
      async (_, over: Partial<typeof probe>, status, body) => {
        for (const [name, answer] of Object.entries(over)) {
          jest.spyOn(probe, name as keyof typeof probe).mockImplementation(answer as never);
        }
        const answer = await get('/health/ready');
        expect(answer.status).toBe(status);
        expect(await answer.json()).toMatchObject(body);
      },
      10_000,
    );
  });

  describe('with an admin token', () => {
    const token = 'a-token-of-at-least-32-characters';

    beforeAll(async () => {
      await app.close();
      await start(token);
    });

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
      '/health/../things',
      '//things',
      '/health/ready/more',
    ])('%s is closed without it', async (path) => {
      const { status, headers } = await raw(url + path);
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
      expect((await get('/things', { authorization })).status).toBe(401);
    });

    it('says in the problem what to send', async () => {
      expect(await problemOf(await get('/things'))).toMatchObject({
        title: 'Unauthorized',
        detail: 'Send the token as "Authorization: Bearer …".',
      });
    });

    it.each(['/things', '/api/docs', '/api/openapi.json'])('%s opens with it', async (path) => {
      expect((await get(path, { authorization: `bearer ${token}` })).status).toBe(200);
    });

    it('leaves health open, whatever is sent', async () => {
      expect((await get('/health')).status).toBe(200);
      expect((await get('/health/ready', { authorization: 'Bearer wrong' })).status).toBe(200);
    });

    it('says in the log who it was, and never the token', async () => {
      await get('/things', { authorization: `Bearer ${token}` });
      await until(() => lines.length > 0);
      expect(lines.at(-1)).toMatchObject({ user_id: 'admin', endpoint: '/things' });
      expect(JSON.stringify(lines)).not.toContain(token);
    });
  });
});

/** Without what fetch does on its own: normalizing paths, unpacking answers. */
function raw(address: string) {
  const { hostname, port } = new URL(address);
  const path = address.slice(address.indexOf('/', 'http://'.length));
  return new Promise<{
    status: number | undefined;
    headers: Record<string, unknown>;
    size: number;
  }>((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip' };
    httpRequest({ hostname, port, path, headers, agent: false }, (answer) => {
      let size = 0;
      answer.on('data', (chunk: Buffer) => (size += chunk.length));
      answer.on('end', () => {
        resolve({ status: answer.statusCode, headers: answer.headers, size });
      });
    })
      .on('error', reject)
      .end();
  });
}

/** The line of a request is written after its answer has left. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
