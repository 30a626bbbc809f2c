import { GOOD, OddServers } from '../support/odd-server';

describe('an answer that is not good', () => {
  const servers = new OddServers();

  afterEach(() => {
    servers.close();
  });

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
    const { url, requests } = await servers.answering(answer);
    const source = servers.sourceAt(url);
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
    const { url } = await servers.answering({ body });
    await expect(servers.sourceAt(url).instant('default', 'up', 1)).resolves.toEqual([]);
  });
});
