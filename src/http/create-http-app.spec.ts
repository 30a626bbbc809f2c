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
  Res,
} from '@nestjs/common';
import { Type } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { IsInt, IsString, Max, ValidateNested } from 'class-validator';
import { InvalidValue } from '../domain/invalid-value';
import { PageQuery } from './page.dto';
import { pageOf } from './page';
import { rawGet, startHttpApp, until } from '../../test/support/http-app';
import type { RunningHttpApp } from '../../test/support/http-app';
import { problem } from './problem';

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

@Controller('things')
class ThingController {
  @Get()
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

  @Get('half')
  half(@Res() reply: FastifyReply) {
    reply.raw.writeHead(200).write('half an answer');
    throw new Error('the other half is gone');
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
  controllers: [ThingController],
})
class TestModule {}

describe('an application made of http/', () => {
  let app: RunningHttpApp;
  let url: string;
  let lines: RunningHttpApp['lines'];

  beforeAll(async () => {
    const databaseAway = (error: unknown) =>
      error instanceof DatabaseAway ? problem(503, 'No database.') : null;
    app = await startHttpApp(TestModule, { problems: [databaseAway] });
    ({ url, lines } = app);
  });

  beforeEach(() => {
    lines.length = 0;
  });

  afterAll(() => app.close());

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
      expect(await problemOf(await app.get('/things/x'))).toEqual({
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
      const answer = await app.get(`/things?${query}`);
      expect(answer.status).toBe(422);
      const matching = allowed instanceof RegExp ? expect.stringMatching(allowed) : allowed;
      expect((await problemOf(answer))['errors']).toEqual([{ field, value, allowed: matching }]);
    });

    it('tell a broken rule of the domain as wrong input', async () => {
      const body = await problemOf(await app.get('/things/at/noon'));
      expect(body).toMatchObject({
        status: 422,
        detail: 'at is "noon", allowed: an RFC 3339 time',
        errors: [{ field: 'at', value: 'noon', allowed: 'an RFC 3339 time' }],
      });
    });

    it('tell another room’s error as that room says', async () => {
      expect(await problemOf(await app.get('/things/away'))).toMatchObject({
        status: 503,
        detail: 'No database.',
      });
      expect(lines.filter((line) => line['level'] === 'ERROR')).toEqual([]);
    });

    it('keep what nobody foresaw for the log', async () => {
      const answer = await app.get('/things/broken', { 'x-request-id': 'mine-1' });
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

    it('cut the connection when half of an answer has left', async () => {
      const whole = app.get('/things/half').then((answer) => answer.text());
      await expect(whole).rejects.toThrow();
      const failed = lines.find((line) => line['level'] === 'ERROR');
      expect(failed).toMatchObject({
        message: 'GET /things/half failed',
        error: { message: 'the other half is gone' },
      });
    });

    it.each([
      ['an unknown path', () => app.get('/nowhere'), 404],
      ['an address that cannot be read', () => app.get('/things/%zz'), 400],
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
      const answer = await app.get('/things', { 'x-request-id': 'Abc_1.2-3' });
      expect(answer.headers.get('x-request-id')).toBe('Abc_1.2-3');
    });

    it.each(['', 'has space', 'x'.repeat(129), '<script>', '"quoted"'])(
      'are ours instead of %p',
      async (id) => {
        const answer = await app.get('/things', { 'x-request-id': id });
        expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      },
    );
  });

  it('writes one line for a request in the shape that was asked for', async () => {
    await app.get('/things?limit=2&cursor=', {
      'x-request-id': 'r1',
      'x-forwarded-for': '6.6.6.6',
    });
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
    const headers = { 'content-type': 'application/json', 'x-request-id': 'r2' };
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${url}/things`, { method: 'POST', headers }, (answer) => {
        answer.resume().on('end', () => {
          resolve(answer.statusCode);
        });
      }).on('error', reject);
      // In two pieces that arrive apart from each other.
      request.write('{"name":"late",');
      setTimeout(() => request.end('"inner":[]}'), 20);
    });
    expect(status).toBe(201);
    const made = lines.find((line) => line['context'] === 'Things');
    expect(made).toMatchObject({ request_id: 'r2', ip_address: '127.0.0.1', level: 'INFO' });
  });

  it('pages through a list', async () => {
    const first = (await (await app.get('/things?limit=2')).json()) as { nextCursor: string };
    expect(first).toMatchObject({ items: ['a', 'b'] });
    const second: unknown = await (
      await app.get(`/things?limit=2&cursor=${first.nextCursor}`)
    ).json();
    expect(second).toEqual({ items: ['c'], nextCursor: null });
    expect(await (await app.get('/things')).json()).toEqual({
      items: ['a', 'b', 'c'],
      nextCursor: null,
    });
  });

  it('answers 304 to who has it already, compressed or not', async () => {
    const etag = (await app.get('/things/large', { 'accept-encoding': 'identity' })).headers.get(
      'etag',
    );
    expect(etag).toMatch(/^W\/"/);
    const again = await app.get('/things/large', { 'if-none-match': etag ?? '' });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('compresses what is worth it', async () => {
    const { headers, size } = await rawGet(`${url}/things/large`);
    expect(headers['content-encoding']).toBe('gzip');
    expect(size).toBeLessThan(1_000);
    expect((await rawGet(`${url}/things`)).headers['content-encoding']).toBeUndefined();
  });

  it('sets the headers that keep browsers from harm, and no CORS', async () => {
    const { headers } = await app.get('/things', { origin: 'https://elsewhere.test' });
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|upgrade-insecure/);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
