import { request as httpRequest } from 'node:http';
import { rawGet, startHttpApp, until } from '../../test/support/http-app';
import type { RunningHttpApp } from '../../test/support/http-app';
import { ThingModule } from '../../test/support/things';

describe('an application made of http/', () => {
  let app: RunningHttpApp;
  let url: string;
  let lines: RunningHttpApp['lines'];

  beforeAll(async () => {
    app = await startHttpApp(ThingModule);
    ({ url, lines } = app);
  });

  beforeEach(() => {
    lines.length = 0;
  });

  afterAll(() => app.close());

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
