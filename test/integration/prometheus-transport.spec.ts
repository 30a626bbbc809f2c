import { gzipSync } from 'node:zlib';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from '../support/datasource';
import { bodyOf, GOOD, OddServers } from '../support/odd-server';

describe('what goes over the wire', () => {
  const servers = new OddServers();

  afterEach(() => {
    servers.close();
    delete process.env['http_proxy'];
  });

  it('tries again until it works, and counts each try', async () => {
    const { url } = await servers.answering(
      { status: 502, body: '' },
      { body: GOOD.slice(9) },
      { body: GOOD },
    );
    const source = servers.sourceAt(url);
    await expect(source.instant('default', 'up', 1)).resolves.toEqual([]);
    expect(source.health('default')).toMatchObject({
      up: true,
      error: null,
      queries: { success: 1, unavailable: 2 },
    });
  });

  it('comes back after a 429 when Retry-After says so', async () => {
    const { url, requests } = await servers.answering(
      { status: 429, headers: { 'retry-after': '1' }, body: '' },
      { body: GOOD },
    );
    await expect(servers.sourceAt(url).instant('default', 'up', 1)).resolves.toEqual([]);
    expect(requests()).toBe(2);
  });

  it.each([
    ['in seconds', '3600', 3600],
    ['as a date', new Date(2_000_000_000_000).toUTCString(), 1000],
  ])(
    'does not wait for a Retry-After %s past its deadline, but hands it on',
    async (_, header, seconds) => {
      const { url, requests } = await servers.answering({
        status: 503,
        headers: { 'retry-after': header },
        body: '',
      });
      const source = servers.sourceAt(url, {}, {}, () => 1_999_999_000);
      await expect(source.instant('default', 'up', 1)).rejects.toMatchObject({
        kind: 'unavailable',
        retryAfterSeconds: seconds,
      });
      expect(requests()).toBe(1);
    },
  );

  it('reads gzip, and stops where the unpacked answer grows too big', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const small = await servers.answering({ headers, body: gzipSync(GOOD) });
    await expect(servers.sourceAt(small.url).instant('default', 'up', 1)).resolves.toEqual([]);

    const bomb = await servers.answering({ headers, body: gzipSync(GOOD.padEnd(10_000_000)) });
    const source = servers.sourceAt(bomb.url, {}, { maxAnswerBytes: 1_000_000 });
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
    const url = await servers.serve((request, response) => {
      void bodyOf(request).then((body) => {
        timeout = body.get('timeout');
        behave(() => response.write('{"status":'));
      });
    });
    const source = servers.sourceAt(url, {}, { deadlineSeconds: 0.3 });
    await expect(source.instant('default', 'up', 1)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('no answer within 0.3 s') as string,
    });
    expect(timeout).toMatch(/^\d{1,3}ms$/);
  });

  it('tries again when the connection is cut in the middle', async () => {
    let requests = 0;
    const url = await servers.serve((_, response) => {
      requests += 1;
      if (requests > 1) return void response.end(GOOD);
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"status":', () => response.destroy());
    });
    await expect(servers.sourceAt(url).instant('default', 'up', 1)).resolves.toEqual([]);
    expect(requests).toBe(2);
  });

  it('asks four things at once and no more, and reuses its sockets', async () => {
    let underWay = 0;
    let most = 0;
    const sockets = new Set<unknown>();
    const url = await servers.serve((request, response) => {
      sockets.add(request.socket);
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        response.end(GOOD);
      }, 20);
    });
    const source = servers.sourceAt(url);
    await Promise.all(Array.from({ length: 40 }, () => source.instant('default', 'up', 1)));
    expect(most).toBe(4);
    expect(sockets.size).toBe(4);
  });

  it('one slow source does not hold up another', async () => {
    const slow = await servers.serve(() => undefined);
    const quick = await servers.answering({ body: GOOD });
    const source = new PrometheusSeriesSource([
      datasource(slow, { name: 'slow' }),
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
    const url = await servers.serve((request, response) => {
      void bodyOf(request).then((body) => {
        seen.push({ method: request.method ?? '', url: request.url ?? '', body });
        response.end(answerTo(request.url));
      });
    });
    process.env['http_proxy'] = 'http://127.0.0.1:9';
    const source = servers.sourceAt(`${url}/prom/`);
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
    const { url } = await servers.answering({
      headers: { date: new Date(1_000_100_000).toUTCString() },
      body: GOOD,
    });
    const source = servers.sourceAt(url, {}, {}, () => 1_000_000);
    await source.instant('default', 'up', 1);
    expect(source.health('default').clockSkewSeconds).toBe(100);
  });
});

function answerTo(path: string | undefined): string {
  if (path?.endsWith('/series') === true) return '{"status":"success","data":[]}';
  return path?.endsWith('/query_range') === true ? GOOD.replace('vector', 'matrix') : GOOD;
}
