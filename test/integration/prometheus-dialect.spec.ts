import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { bodyOf, GOOD, OddServers } from '../support/odd-server';

const NOTHING = { data: { resultType: 'matrix', result: [] } };
const MATRIX = answer(NOTHING);
const PARTIAL = [
  answer({ ...NOTHING, warnings: ['a store could not be reached'] }),
  answer({ ...NOTHING, isPartial: true }),
  answer({ ...NOTHING, infos: ['results truncated due to limit'] }),
];
const RANGE = { from: 60, to: 120, stepSeconds: 60 };

/** Every way in which a source is asked. */
const WAYS: readonly (readonly [string, (source: PrometheusSeriesSource) => Promise<unknown>])[] = [
  ['an instant', (source) => source.instant('default', 'up', 60)],
  ['a range', (source) => source.range('default', 'up', RANGE)],
  ['raw samples', (source) => source.samples('default', 'up', 0, 60)],
  ['label sets', (source) => source.labelSets('default', 'up', 0, 60)],
];

function answer(fields: object): string {
  return JSON.stringify({ status: 'success', ...fields });
}

/** What an instant and raw samples ask for has one address; only the latter ends in a range. */
function goodFor(path: string, form: URLSearchParams): string {
  if (path.endsWith('/series')) return answer({ data: [] });
  return form.get('query') === 'up' && path.endsWith('/query') ? GOOD : MATRIX;
}

describe('a data source that wants more than the query', () => {
  const servers = new OddServers();
  let forms: URLSearchParams[] = [];

  /** Keeps the forms; answers as it is told. */
  async function serve(
    respond: (request: IncomingMessage, response: ServerResponse, form: URLSearchParams) => void,
  ): Promise<string> {
    forms = [];
    return servers.serve((request, response) => {
      void bodyOf(request).then((form) => {
        forms.push(form);
        respond(request, response, form);
      });
    });
  }

  afterEach(() => {
    servers.close();
  });

  it.each(WAYS)('has its tenant and its parameters with %s', async (_, ask) => {
    const url = await serve((request, response, form) => {
      if (request.headers['x-scope-orgid'] !== 'team-a') response.writeHead(401).end('no org id');
      else response.end(goodFor(request.url ?? '', form));
    });
    await expect(ask(servers.sourceAt(url))).rejects.toMatchObject({ kind: 'forbidden' });
    const headers = { 'X-Scope-OrgID': 'team-a' };
    const parameters = { partial_response: 'false', dedup: 'true' };
    await expect(ask(servers.sourceAt(url, { headers, parameters }))).resolves.toEqual([]);
    expect(Object.fromEntries(forms[1] ?? [])).toMatchObject(parameters);
    expect([...(forms[0]?.keys() ?? [])]).not.toContain('nocache');
  });

  it.each(WAYS.flatMap(([way, ask]) => PARTIAL.map((body) => [way, body, ask] as const)))(
    'gives no figures for %s when it answers %s',
    async (_way, body, ask) => {
      const url = await serve((_request, response) => response.end(body));
      await expect(ask(servers.sourceAt(url))).rejects.toMatchObject({ kind: 'partial' });
    },
  );

  it.each([
    ['counts the series it fetched', { stats: { seriesFetched: '1', executionTimeMsec: 0 } }, {}],
    ['says that nothing of its cluster is missing', { isPartial: false }, {}],
    ['names its host', {}, { 'X-Server-Hostname': 'vm' }],
  ])('is asked again without cache and delay when it %s', async (_, told, headers) => {
    const body = answer({ ...NOTHING, ...told });
    const url = await serve((_request, response) => response.writeHead(200, headers).end(body));
    const source = servers.sourceAt(url, { parameters: { latency_offset: '5s' } });
    await source.range('default', 'up', RANGE);
    await source.range('default', 'up', RANGE);
    expect(forms.map((form) => [form.get('nocache'), form.get('latency_offset')])).toEqual([
      [null, '5s'],
      ['1', '5s'],
      ['1', '5s'],
    ]);
  });

  it('is asked again in fewer words when it refuses the very first question for its length', async () => {
    const url = await serve((_request, response, form) => {
      response.setHeader('X-Server-Hostname', 'vm');
      if ((form.get('query') ?? '').length <= 16_384) response.end(MATRIX);
      else response.writeHead(422).end('{"status":"error","errorType":"422","error":"too long"}');
    });
    const selector = `up{instance=~"${'a'.repeat(10_000)}"}`;
    const source = servers.sourceAt(url);
    const twice = `${selector} - ${selector}`;
    await expect(source.range('default', twice, RANGE)).resolves.toEqual([]);
    expect(forms[1]?.get('query')).toBe(`WITH (_s0 = ${selector}) _s0 - _s0`);
    const long = `up{instance=~"${'a'.repeat(20_000)}"}`;
    await expect(source.range('default', long, RANGE)).rejects.toThrow('too long');
    expect(forms.length).toBe(3);
  });

  it('tells the marker that ends a series, which is no sample, as NaN is none', async () => {
    const values = [
      [10, '1'],
      [20, 'NaN'],
      [30, '3'],
    ];
    const result = [{ metric: { a: 'b' }, values }];
    const body = answer({ data: { resultType: 'matrix', result } });
    const url = await serve((_request, response) => response.end(body));
    await expect(servers.sourceAt(url).samples('default', 'up', 0, 60)).resolves.toEqual([
      { labels: { a: 'b' }, at: [10, 30], values: [1, 3], endedAt: [20] },
    ]);
  });

  it('has no more requests at once than its limits say', async () => {
    let [underWay, most] = [0, 0];
    const url = await servers.serve((request, response) => {
      request.resume();
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        response.end(GOOD);
      }, 20);
    });
    const source = servers.sourceAt(url, { limits: { maxConcurrent: 2 } }, { maxConcurrent: 9 });
    const asked = Array.from({ length: 8 }, (_, k) => source.instant('default', `up${k}`, 60));
    await Promise.all(asked);
    expect(most).toBe(2);
  });

  it('is given up on after its own deadline', async () => {
    const url = await servers.serve((request) => request.resume());
    const source = servers.sourceAt(url, { limits: { deadlineSeconds: 0.2 } });
    await expect(source.instant('default', 'up', 60)).rejects.toThrow('no answer within 0.2 s');
  });
});
