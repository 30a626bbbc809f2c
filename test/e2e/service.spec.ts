import { spawnSync } from 'node:child_process';
import { promtoolBinary } from '../support/prometheus';
import type { RunningService } from '../support/service';
import { eventually } from '../support/service-ledger';
import {
  type Example,
  REQUESTS,
  type Row,
  SERVER_ERRORS,
  startExample,
  startWithHistory,
} from './example';
import { dangling, type Described, undescribed } from '../support/undescribed';
import { realPath, ROUTES } from './routes';

jest.setTimeout(120_000);

const SLO = '/api/v1/slos/faciliauto/api-errors';
const GROUPED = '/api/v1/slos/faciliauto/api-errors-by-endpoint';

interface ProblemBody {
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly field: string; readonly value: unknown }[];
}

describe('the whole service on a month of FacilIAuto', () => {
  let example: Example;
  let service: RunningService;
  beforeAll(async () => {
    example = await startExample();
    service = await startWithHistory(example.env);
  });
  afterAll(async () => {
    await service.stop();
    await example.dispose();
  });

  const problemOf = async (path: string): Promise<ProblemBody> => {
    const answer = await service.get(path);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = (await answer.json()) as ProblemBody;
    expect(problem.status).toBe(answer.status);
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.js:\d+|select /);
    return problem;
  };

  it('leaves 60 % of 12 960 s after 99.8 % of a million requests against 99.5 %', async () => {
    expect(await service.json(`${SLO}/budget`)).toMatchObject({
      slo: 'faciliauto/api-errors',
      group: null,
      objective: 0.995,
      window: { kind: 'rolling', duration: '30d' },
      events: { good: REQUESTS - SERVER_ERRORS, bad: SERVER_ERRORS, total: REQUESTS },
      sli: 0.998,
      budget: {
        ratio: 0.005,
        allowedBad: 5000,
        consumedRatio: 0.4,
        remainingRatio: 0.6,
        remainingBad: 3000,
        totalSeconds: 12_960,
        consumedSeconds: 5184,
        remainingSeconds: 7776,
      },
      raw: { sli: 0.998, remainingRatio: 0.6 },
      exclusions: [],
      status: 'healthy',
      reason: null,
    });
  });

  it('answers what would be left of a stricter objective', async () => {
    const budget = await service.json(`${SLO}/budget?objective=99.9%25`);
    expect(budget).toMatchObject({
      objective: 0.999,
      budget: { allowedBad: 1000, consumedRatio: 2, remainingRatio: -1, remainingSeconds: -2592 },
    });
  });

  it('answers for a past instant with the window that ended there', async () => {
    const at = new Date(Date.now() - 15 * 86_400_000).toISOString();
    const { window, events } = await service.json<{
      window: { from: string; to: string };
      events: { total: number };
    }>(`${SLO}/budget?at=${at}`);
    expect(Date.parse(window.to) - Date.parse(window.from)).toBe(30 * 86_400_000);
    expect(Math.abs(Date.parse(at) - Date.parse(window.to))).toBeLessThan(300_000);
    expect(events.total / REQUESTS).toBeGreaterThan(0.48);
    expect(events.total / REQUESTS).toBeLessThan(0.51);
  });

  it('knows nothing before the first point, and says so instead of inventing a number', async () => {
    const at = new Date(Date.now() - 100 * 86_400_000).toISOString();
    const budget = await service.json<{ sli: unknown; reason: string }>(`${SLO}/budget?at=${at}`);
    expect(budget.sli).toBeNull();
    expect(budget).toMatchObject({ budget: { remainingRatio: null }, status: 'no_data' });
    expect(budget.reason).toMatch(/\w/);
  });

  it('lists a row per group and SLO, filtered, sorted and in pages', async () => {
    const list = (query: string) =>
      service.json<{ items: Row[]; nextCursor: string | null }>(`/api/v1/slos?${query}`);
    const { items } = await list('sort=name');
    expect(items.map(({ slo, group }) => [slo, group?.['endpoint'] ?? null])).toEqual([
      ['faciliauto/api-errors', null],
      ['faciliauto/api-errors-by-endpoint', '/cars'],
      ['faciliauto/api-errors-by-endpoint', '/login'],
      ['faciliauto/uptime', null],
    ]);
    expect((await list('label.endpoint=/login')).items.map(({ events }) => events.bad)).toEqual([
      SERVER_ERRORS - 1_500,
    ]);
    expect((await list('status=exhausted')).items).toEqual([]);
    const first = await list('sort=name&limit=3');
    const second = await list(
      `sort=name&limit=3&cursor=${encodeURIComponent(first.nextCursor ?? '')}`,
    );
    expect([...first.items, ...second.items]).toEqual(items);
    expect(second.nextCursor).toBeNull();
  });

  it('answers for one group, and for all of them together', async () => {
    const events = async (query: string) =>
      (await service.json<Row>(`${GROUPED}/budget${query}`)).events;
    expect(await events('?label.endpoint=/cars')).toMatchObject({ bad: 1_500, total: 709_500 });
    expect(await events('')).toMatchObject({ bad: SERVER_ERRORS, total: REQUESTS });
  });

  it('tells a definition with its place', async () => {
    expect(await service.json(SLO)).toMatchObject({
      slo: 'faciliauto/api-errors',
      team: 'backend',
      definition: { objective: '0.995', window: '30d', line: 6, stale: false },
    });
  });

  it('shows every window of burn and the four alert tiers, none of which fires', async () => {
    const burn = await service.json<{
      windows: Record<string, { burnRate: number | null; total: number; coverage: number }>;
      alerts: { severity: string; factor: number; firing: boolean }[];
    }>(`${SLO}/burn-rates`);
    expect(Object.keys(burn.windows)).toEqual(
      expect.arrayContaining(['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d']),
    );
    expect(burn.windows['30d']?.burnRate).toBeCloseTo(0.4, 9);
    expect(burn.windows['1h']).toMatchObject({ burnRate: 0, total: 0 });
    expect(burn.alerts.map(({ severity, factor }) => `${severity} ${factor}`)).toEqual([
      'page 14.4',
      'page 6',
      'ticket 3',
      'ticket 1',
    ]);
    expect(burn.alerts.some(({ firing }) => firing)).toBe(false);
  });

  it('shows a history whose steps add up to the budget', async () => {
    const history = await service.json<{
      step: string;
      points: { t: string; good: number; total: number; remainingRatio: number | null }[];
    }>(`${SLO}/history?step=6h`);
    const sum = (key: 'good' | 'total') =>
      history.points.reduce((total, point) => total + point[key], 0);
    expect([history.step, sum('total'), sum('good')]).toEqual([
      '6h',
      REQUESTS,
      REQUESTS - SERVER_ERRORS,
    ]);
    expect(history.points.at(-1)?.remainingRatio).toBeCloseTo(0.6, 9);
  });

  it('tells how collection is doing', async () => {
    const collection = await service.json<{ backfill: { done: number; total: number } }>(
      '/api/v1/collection',
    );
    expect(collection).toMatchObject({
      slos: 3,
      streams: 4,
      failures: [],
      problems: [],
      sources: [{ name: 'default', up: true, error: null }],
    });
    expect(collection.backfill.done).toBe(collection.backfill.total);
    expect(await service.json('/api/v1/datasources')).toMatchObject({
      items: [{ name: 'default', up: true }],
    });
  });

  it.each([
    ['/api/v1/slos/faciliauto/nothing', 404, /faciliauto\/nothing/],
    ['/api/v1/slos/faciliauto/nothing/budget', 404, /faciliauto\/nothing/],
    ['/api/v1/nowhere', 404, /nowhere/],
    [`${GROUPED}/budget?label.endpoint=/none`, 404, /\/none/],
  ])('answers %s with a problem: %d', async (path, status, words) => {
    const problem = await problemOf(path);
    expect(problem.status).toBe(status);
    expect(problem.detail).toMatch(words);
  });

  it.each([
    [`${SLO}/budget?at=yesterday`, 'at', 'yesterday'],
    [`${SLO}/budget?at=2199-01-01T00:00:00Z`, 'at', '2199-01-01T00:00:00Z'],
    [`${SLO}/budget?objective=101%25`, 'objective', '101%'],
    [`${SLO}/history?step=7`, 'step', '7'],
    ['/api/v1/slos?limit=0', 'limit', '0'],
    ['/api/v1/slos?status=fine', 'status', 'fine'],
    ['/api/v1/slos?colour=red', 'colour', 'red'],
  ])('refuses %s, naming the field %s and the value', async (path, field, value) => {
    const { status, errors } = await problemOf(path);
    expect(status).toBe(422);
    expect(errors).toHaveLength(1);
    expect([errors?.[0]?.field, String(errors?.[0]?.value)]).toEqual([field, value]);
  });

  it('has metrics that promtool finds nothing to say about', async () => {
    const answer = await service.get('/metrics');
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    const text = await answer.text();
    const check = spawnSync(promtoolBinary(), ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    expect([check.status, check.stdout, check.stderr]).toEqual([0, '', '']);
    const figures = text.split('\n').filter((line) => line.includes('slo="api-errors"'));
    expect(figures).toContain(
      'slo_error_budget_remaining_ratio{service="faciliauto",slo="api-errors"} 0.6',
    );
    expect(figures).toContain('slo_sli_ratio{service="faciliauto",slo="api-errors"} 0.998');
  });

  it('is scraped by the real Prometheus, with its own labels', async () => {
    const target = new URL(service.url).host;
    await example.prometheus.reload(`global: { scrape_interval: 1s }
scrape_configs:
  - job_name: slowburn
    honor_labels: true
    static_configs: [{ targets: ['${target}'] }]
`);
    const query = 'slo_error_budget_remaining_ratio{service="faciliauto",slo="api-errors"}';
    const asked = `${example.prometheus.url}/api/v1/query?query=${encodeURIComponent(query)}`;
    interface Answer {
      readonly data: { readonly result: { metric: object; value: [number, string] }[] };
    }
    const { data } = await eventually(
      'the scraped budget',
      async () => (await (await fetch(asked)).json()) as Answer,
      (answer) => answer.data.result.length === 1,
    );
    expect(data.result[0]?.value[1]).toBe('0.6');
    expect(data.result[0]?.metric).toMatchObject({ job: 'slowburn', instance: target });
  });

  it('shows the queries of an SLO, which the data source answers', async () => {
    const { plain, sent } = await service.json<{
      plain: { of: string; query: string; link: string }[];
      sent: { kind: string; query: string; link: string }[];
    }>(`${SLO}/queries`);
    expect(plain.map(({ of }) => of)).toEqual(['total', 'bad', 'sli']);
    for (const { query, link } of [...plain, ...sent]) {
      expect(link).toContain(`${example.prometheus.url}/graph?g0.expr=`);
      const asked = `${example.prometheus.url}/api/v1/query?query=${encodeURIComponent(query)}`;
      expect([query, (await fetch(asked)).status]).toEqual([query, 200]);
    }
  });

  it('asks nobody who they are, and says so', async () => {
    expect(await service.json('/api/v1/me')).toMatchObject({
      ...{ id: 'anonymous', name: null, role: 'admin', auth: 'none' },
    });
  });

  it('is healthy and ready', async () => {
    const health = await service.json<{ status: string; timestamp: string }>('/health');
    expect(health.status).toBe('healthy');
    expect(new Date(health.timestamp).toISOString()).toBe(health.timestamp);
    expect(await service.json('/health/ready')).toEqual({
      status: 'ready',
      services: { database: true, prometheus: true },
    });
  });

  it('describes every route it has, and only those', async () => {
    const document = await service.json<Described>('/api/openapi.json');
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(document.paths).sort()).toEqual(ROUTES);
    const faults: string[] = [...dangling(document)];
    for (const [path, { get }] of Object.entries(document.paths)) {
      if (get?.parameters.some((each) => each.in === 'query' && each.required) !== false) continue;
      // Nothing is excluded here, and no month was closed.
      const isThere = !path.endsWith('/exclusions/{id}') && !path.endsWith('/differences');
      const answer = await service.get(realPath(path));
      expect([path, answer.status]).toEqual([path, isThere ? 200 : 404]);
      const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
      // The report's model is described by the schema it is published with.
      if (!isJson || path.startsWith('/api/v1/reports/monthly/')) await answer.body?.cancel();
      else faults.push(...undescribed(document, path, 200, await answer.json()));
    }
    expect(faults).toEqual([]);
    expect((await service.get('/api/docs')).headers.get('content-type')).toContain('text/html');
  });

  it('takes a request id in, gives it out and writes it into the log', async () => {
    const answer = await service.get(SLO, { 'x-request-id': 'from-outside-1' });
    expect(answer.headers.get('x-request-id')).toBe('from-outside-1');
    const own = (await service.get(SLO)).headers.get('x-request-id') ?? '';
    expect(own).toMatch(/^[\w-]{8,}$/);
    const lines = await eventually(
      'both lines in the log',
      () => service.log().filter(({ request_id: id }) => id === 'from-outside-1' || id === own),
      (found) => found.length === 2,
    );
    expect(lines[0]).toMatchObject({ level: 'INFO', message: `GET ${SLO} 200`, status: 200 });
  });

  it('logs nothing but JSON with a time, a level and a message', () => {
    expect(service.log().length).toBeGreaterThan(5);
    for (const line of service.log()) {
      expect(line).toMatchObject({
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        level: expect.stringMatching(/^(INFO|WARN)$/) as string,
        message: expect.any(String) as string,
      });
    }
    expect(service.stderr()).toBe('');
  });
});
