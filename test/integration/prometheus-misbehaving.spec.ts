import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DatasourceConfig } from '../../src/config/config';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import type { SourceLimits } from '../../src/prometheus/source-limits';
import { datasource } from '../support/datasource';

const GOOD = '{"status":"success","data":{"resultType":"vector","result":[]}}';

describe('a server that misbehaves', () => {
  const cleanUps: (() => Promise<void> | void)[] = [];

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUps.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
  }

  function sourceAt(
    url: string,
    over: Partial<DatasourceConfig> = {},
    limits: Partial<SourceLimits> = {},
    now?: () => number,
  ): PrometheusSeriesSource {
    const source = new PrometheusSeriesSource(
      [datasource(url, over)],
      { deadlineSeconds: 10, firstPauseSeconds: 0.01, ...limits },
      now,
    );
    cleanUps.push(() => {
      source.close();
    });
    return source;
  }

  /** Answers one text after another, the last one for ever, and counts. */
  async function answering(
    ...answers: readonly {
      status?: number;
      headers?: Record<string, string>;
      body: string | Buffer;
    }[]
  ) {
    let requests = 0;
    const { url } = await serve((request, response) => {
      request.resume();
      const answer = answers[Math.min(requests, answers.length - 1)];
      requests += 1;
      response.writeHead(answer?.status ?? 200, answer?.headers).end(answer?.body);
    });
    return { url, requests: () => requests };
  }

  const success = (more: object) =>
    JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [] }, ...more });
  const error = (errorType: string, text: string) =>
    JSON.stringify({ status: 'error', errorType, error: text });

  it.each([
    [
      'a proxy page for an error',
      { status: 502, body: '<html>Bad Gateway</html>' },
      'unavailable',
      3,
      /answered 502/,
    ],
    [
      'a login page for an answer',
      { body: '<html>Sign in</html>' },
      'unavailable',
      3,
      /something else than JSON/,
    ],
    ['truncated JSON', { body: GOOD.slice(0, 40) }, 'unavailable', 3, /something else than JSON/],
    [
      'JSON of something else',
      { body: '{"status":"ok"}' },
      'unavailable',
      3,
      /something else than JSON/,
    ],
    [
      'a server-side timeout',
      { status: 503, body: error('timeout', 'query timed out') },
      'unavailable',
      3,
      /timeout: query timed out/,
    ],
    [
      'success with the status error',
      { body: error('internal', 'storage is away') },
      'unavailable',
      3,
      /storage is away/,
    ],
    [
      'a redirect',
      { status: 302, headers: { location: '/login' }, body: '' },
      'unavailable',
      1,
      /302, a redirect; redirects are not followed/,
    ],
    [
      'a wrong path',
      { status: 404, body: '404 page not found' },
      'unavailable',
      1,
      /is its URL that of a Prometheus/,
    ],
    [
      'bad data',
      { status: 400, body: error('bad_data', 'parse error') },
      'rejected',
      1,
      /400: bad_data: parse error/,
    ],
    [
      'bad data as success',
      { body: error('bad_data', 'parse error') },
      'rejected',
      1,
      /parse error/,
    ],
    [
      'a 400 of a proxy',
      { status: 400, body: 'plain HTTP sent to HTTPS port' },
      'unavailable',
      1,
      /answered 400; is its URL/,
    ],
    [
      'an execution error',
      { status: 422, body: error('execution', 'many-to-many matching') },
      'rejected',
      1,
      /many-to-many/,
    ],
    [
      'too many samples',
      {
        status: 422,
        body: error('execution', 'query processing would load too many samples into memory'),
      },
      'too_much',
      1,
      /too many samples/,
    ],
    [
      'a limit of VictoriaMetrics',
      {
        status: 422,
        body: error('422', 'cannot select more than -search.maxSamplesPerQuery=1 samples'),
      },
      'too_much',
      1,
      /more than -search/,
    ],
    ['a query too long', { status: 413, body: '' }, 'too_much', 1, /413/],
    [
      'no credentials',
      { status: 401, body: 'Unauthorized' },
      'forbidden',
      1,
      /401; check its credentials/,
    ],
    ['wrong credentials', { status: 403, body: 'Forbidden' }, 'forbidden', 1, /403/],
    [
      'a warning',
      { body: success({ warnings: ['remote read: \u001b[31mfailed'] }) },
      'partial',
      1,
      /the warning: remote read: +\[31mfailed/,
    ],
    [
      'truncated results',
      { body: success({ infos: ['results truncated due to limit'] }) },
      'partial',
      1,
      /truncated due to limit/,
    ],
    ['a part of a cluster', { body: success({ isPartial: true }) }, 'partial', 1, /isPartial/],
    [
      'a native histogram',
      {
        body: success({
          data: { resultType: 'vector', result: [{ metric: {}, histogram: [1, { count: '2' }] }] },
        }),
      },
      'rejected',
      1,
      /native histograms/,
    ],
    [
      'a value that is none',
      {
        body: success({
          data: { resultType: 'vector', result: [{ metric: {}, value: [1, 'many'] }] },
        }),
      },
      'unavailable',
      3,
      /a value that is none: "many"/,
    ],
    [
      'a sample that is none',
      { body: success({ data: { resultType: 'vector', result: [{ metric: {}, value: null }] } }) },
      'unavailable',
      3,
      /a list that is none/,
    ],
    [
      'labels that are none',
      {
        body: success({
          data: { resultType: 'vector', result: [{ metric: { a: 5 }, value: [1, '1'] }] },
        }),
      },
      'unavailable',
      3,
      /a label set that is none/,
    ],
  ] as const)('%s', async (_, answer, kind, tries, message) => {
    const { url, requests } = await answering(answer);
    const source = sourceAt(url);
    await expect(source.instant('default', 'up', 1)).rejects.toMatchObject({
      name: 'SourceFailure',
      kind,
      message: expect.stringMatching(message) as string,
    });
    expect(requests()).toBe(tries);
    const up = kind !== 'unavailable' && kind !== 'forbidden';
    expect(source.health('default')).toMatchObject({ up, queries: { success: 0, [kind]: tries } });
  });

  it.each([
    [
      'remarks on the query',
      success({ warnings: ['PromQL warning: mixed', 'PromQL info: no counter'] }),
    ],
    ['infos', success({ infos: ['PromQL info: metric might not be a counter'] })],
    ['an isPartial that says no', success({ isPartial: false })],
  ])('takes an answer with %s', async (_, body) => {
    const { url } = await answering({ body });
    await expect(sourceAt(url).instant('default', 'up', 1)).resolves.toEqual([]);
  });

  it('tries again until it works, and counts each try', async () => {
    const { url } = await answering(
      { status: 502, body: '' },
      { body: GOOD.slice(9) },
      { body: GOOD },
    );
    const source = sourceAt(url);
    await expect(source.instant('default', 'up', 1)).resolves.toEqual([]);
    expect(source.health('default')).toMatchObject({
      up: true,
      error: null,
      queries: { success: 1, unavailable: 2 },
    });
  });

  it('comes back after a 429 when Retry-After says so', async () => {
    const { url, requests } = await answering(
      { status: 429, headers: { 'retry-after': '1' }, body: '' },
      { body: GOOD },
    );
    await expect(sourceAt(url).instant('default', 'up', 1)).resolves.toEqual([]);
    expect(requests()).toBe(2);
  });

  it.each([
    ['in seconds', '3600', 3600],
    ['as a date', new Date(2_000_000_000_000).toUTCString(), 1000],
  ])(
    'does not wait for a Retry-After %s past its deadline, but hands it on',
    async (_, header, seconds) => {
      const { url, requests } = await answering({
        status: 503,
        headers: { 'retry-after': header },
        body: '',
      });
      const source = sourceAt(url, {}, {}, () => 1_999_999_000);
      await expect(source.instant('default', 'up', 1)).rejects.toMatchObject({
        kind: 'unavailable',
        retryAfterSeconds: seconds,
      });
      expect(requests()).toBe(1);
    },
  );

  it('reads gzip, and stops where the unpacked answer grows too big', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const small = await answering({ headers, body: gzipSync(GOOD) });
    await expect(sourceAt(small.url).instant('default', 'up', 1)).resolves.toEqual([]);

    const bomb = await answering({ headers, body: gzipSync(GOOD.padEnd(10_000_000)) });
    const source = sourceAt(bomb.url, {}, { maxAnswerBytes: 1_000_000 });
    await expect(source.instant('default', 'up', 1)).rejects.toMatchObject({
      kind: 'too_much',
      message: expect.stringContaining('more than 1000000 bytes') as string,
    });
    expect(bomb.requests()).toBe(1);
  });

  it.each([
    ['never answers', () => undefined],
    [
      'starts an answer and goes silent',
      (start: () => void) => {
        start();
      },
    ],
  ])('gives up on a server that %s when the deadline is over', async (_, behave) => {
    let timeout: string | null = null;
    const { url } = await serve((request, response) => {
      void bodyOf(request).then((body) => {
        timeout = body.get('timeout');
        behave(() => response.write('{"status":'));
      });
    });
    const source = sourceAt(url, {}, { deadlineSeconds: 0.3 });
    await expect(source.instant('default', 'up', 1)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('no answer within 0.3 s') as string,
    });
    expect(timeout).toMatch(/^\d{1,3}ms$/);
  });

  it('tries again when the connection is cut in the middle', async () => {
    let requests = 0;
    const { url } = await serve((_, response) => {
      requests += 1;
      if (requests > 1) return void response.end(GOOD);
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"status":', () => response.destroy());
    });
    await expect(sourceAt(url).instant('default', 'up', 1)).resolves.toEqual([]);
    expect(requests).toBe(2);
  });

  it('asks four things at once and no more, and reuses its sockets', async () => {
    let underWay = 0;
    let most = 0;
    const sockets = new Set<unknown>();
    const { url } = await serve((request, response) => {
      sockets.add(request.socket);
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        response.end(GOOD);
      }, 20);
    });
    const source = sourceAt(url);
    await Promise.all(Array.from({ length: 40 }, () => source.instant('default', 'up', 1)));
    expect(most).toBe(4);
    expect(sockets.size).toBe(4);
  });

  it('one slow source does not hold up another', async () => {
    const slow = await serve(() => undefined);
    const quick = await answering({ body: GOOD });
    const source = new PrometheusSeriesSource([
      datasource(slow.url, { name: 'slow' }),
      datasource(quick.url, { name: 'quick' }),
    ]);
    const waiting = Array.from({ length: 5 }, () => source.instant('slow', 'up', 1));
    await expect(source.instant('quick', 'up', 1)).resolves.toEqual([]);
    source.close();
    for (const outcome of await Promise.allSettled(waiting)) {
      expect(outcome).toMatchObject({
        reason: { kind: 'unavailable', message: expect.stringContaining('stopping') as string },
      });
    }
  });

  it('sends a form by POST to the path under its prefix, ignoring proxies of the environment', async () => {
    const seen: { method?: string; url?: string; body?: URLSearchParams }[] = [];
    const { url } = await serve((request, response) => {
      void bodyOf(request).then((body) => {
        seen.push({ method: request.method ?? '', url: request.url ?? '', body });
        response.end(
          request.url?.endsWith('series') ? '{"status":"success","data":[]}' : matrixOr(request),
        );
      });
    });
    process.env['http_proxy'] = 'http://127.0.0.1:9';
    cleanUps.push(() => {
      delete process.env['http_proxy'];
    });
    const source = sourceAt(`${url}/prom/`);
    await source.instant('default', 'a{b="ü&+"}', 1_760_000_000.125);
    await source.range('default', 'up', { from: 1.5, to: 3, stepSeconds: 0.5 });
    await source.labelSets('default', 'up', 1.5, 3);
    expect(seen.map(({ method, url: path }) => [method, path])).toEqual([
      ['POST', '/prom/api/v1/query'],
      ['POST', '/prom/api/v1/query_range'],
      ['POST', '/prom/api/v1/series'],
    ]);
    const [query, range, series] = seen.map(({ body }) => Object.fromEntries(body ?? []));
    expect(query).toMatchObject({ query: 'a{b="ü&+"}', time: '1760000000.125' });
    expect(range).toMatchObject({ query: 'up', start: '1.5', end: '3', step: '0.5' });
    expect(series).toMatchObject({ 'match[]': 'up', start: '1.5', end: '3' });
  });

  it('measures a clock that is ahead by what the Date header proves', async () => {
    const { url } = await answering({
      headers: { date: new Date(1_000_100_000).toUTCString() },
      body: GOOD,
    });
    const source = sourceAt(url, {}, {}, () => 1_000_000);
    await source.instant('default', 'up', 1);
    expect(source.health('default').clockSkewSeconds).toBe(100);
  });

  describe('credentials', () => {
    let dir: string;
    let seen: IncomingMessage['headers'][];
    let url: string;

    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'slowburn-credentials-'));
      cleanUps.push(() => rm(dir, { recursive: true }));
      seen = [];
      ({ url } = await serve((request, response) => {
        seen.push(request.headers);
        response.end(GOOD);
      }));
    });

    it('come from a file that is read again when it changes', async () => {
      const bearerTokenFile = join(dir, 'token');
      await writeFile(bearerTokenFile, 'first\n');
      const source = sourceAt(url, { bearerTokenFile, headers: { 'X-Scope-OrgID': 'team' } });
      await source.instant('default', 'up', 1);
      await writeFile(bearerTokenFile, 'second one\n');
      await source.instant('default', 'up', 1);
      expect(seen.map((headers) => headers.authorization)).toEqual([
        'Bearer first',
        'Bearer second one',
      ]);
      expect(seen[0]).toMatchObject({ 'x-scope-orgid': 'team', 'user-agent': 'slowburn' });
    });

    it('work as basic authentication, with an empty password too', async () => {
      const passwordFile = join(dir, 'password');
      await writeFile(passwordFile, '');
      const source = sourceAt(url, { basicAuth: { username: 'me', passwordFile } });
      await source.instant('default', 'up', 1);
      expect(seen[0]?.authorization).toBe(`Basic ${btoa('me:')}`);
    });

    it('that cannot be read are named, and nothing is sent', async () => {
      const source = sourceAt(url, { bearerTokenFile: join(dir, 'none') });
      await expect(source.instant('default', 'up', 1)).rejects.toMatchObject({
        kind: 'forbidden',
        message: `data source default: cannot read its bearerTokenFile ${join(dir, 'none')}: ENOENT`,
      });
      expect(seen).toEqual([]);
    });

    it('are in no error, whatever went wrong', async () => {
      const bearerTokenFile = join(dir, 'token');
      await writeFile(bearerTokenFile, 'top-secret');
      const away = sourceAt('http://127.0.0.1:9', { bearerTokenFile });
      const failed: unknown = await away
        .instant('default', 'up', 1)
        .catch((reason: unknown) => reason);
      expect(failed).toMatchObject({ kind: 'unavailable' });
      const { inspect } = await import('node:util');
      expect(inspect(failed, { depth: 20, showHidden: true })).not.toContain('top-secret');
    });

    it.each([
      ['http://me:pass@host', /url of data source default is "http:\/\/\*\*\*@host\/"/],
      ['http://host/?key=pass', /allowed: http/],
      ['ftp://host', /"ftp:\/\/host"/],
      ['nonsense', /"nonsense"/],
    ])('are not taken from the address, nor is anything odd: %s', (address, message) => {
      expect(() => sourceAt(address)).toThrow(message);
      expect(() => sourceAt(address)).not.toThrow(/me:pass/);
    });
  });
});

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function matrixOr(request: IncomingMessage): string {
  return request.url?.endsWith('query_range') === true ? GOOD.replace('vector', 'matrix') : GOOD;
}
