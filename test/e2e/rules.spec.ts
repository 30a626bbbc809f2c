import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { checkRules } from '../support/promtool';
import { runDelivered, type RunningService, startService } from '../support/service';
import { eventually } from '../support/service-ledger';

jest.setTimeout(180_000);

const SCRAPE = 60;
const HOUR = 3_600;
const EXTERNAL_URL = 'https://slo.example';
const HOSTILE = 'a"b\\c\n{{ $labels.job }}';

const SLOS = `apiVersion: slowburn/v1
service: shop
team: backend
slos:
  - name: errors
    description: Answers {{ without }} a "server" error {
    objective: 99%
    sli: { ratio: { total: 'http_requests_total{job="shop"}', bad: 'http_requests_total{job="shop",code="500"}' } }
    alerting:
      runbook: docs/runbooks/high-error-rate.md
      labels: { channel: '#ops {{ alerts }}' }
      page: { severity: P0 }
      ticket: { severity: P2 }
  - name: by-service
    objective: 99%
    groupBy: [service, endpoint]
    sli: { ratio: { total: 'http_requests_total{job="shop"}', bad: 'http_requests_total{job="shop",code="500"}' } }
  - name: this-month
    objective: 99%
    window: month
    sli: { ratio: { total: 'http_requests_total{job="shop"}', bad: 'http_requests_total{job="shop",code="500"}' } }
  - name: guarded
    objective: 99%
    minEvents: 1000000
    sli: { ratio: { total: 'http_requests_total{job="shop"}', bad: 'http_requests_total{job="shop",code="500"}' } }
  - name: fine
    objective: 99%
    sli: { ratio: { total: 'http_requests_total{job="shop"}', bad: 'http_requests_total{job="shop",code="503"}' } }
  - name: silent
    objective: 99%
    sli: { ratio: { total: 'http_requests_total{job="gone"}', bad: 'http_requests_total{job="gone",code="500"}' } }
`;

type Labels = Readonly<Record<string, string>>;

describe('rules for Prometheus, from a running service', () => {
  let postgres: PostgresServer;
  let source: RunningPrometheus;
  let service: RunningService;
  let watcher: RunningPrometheus;
  let folder: string;
  /** What there is to stop, also where not everything could be started. */
  const started: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const now = Math.floor(Date.now() / 1000 / SCRAPE) * SCRAPE;
    folder = await mkdtemp(join(tmpdir(), 'slowburn-rules-'));
    started.push(() => rm(folder, { recursive: true, force: true }));
    postgres = await startPostgres();
    started.push(() => postgres.stop());
    source = await startPrometheusWithHistory(burning(now));
    started.push(() => source.dispose());
    await writeFile(join(folder, 'shop.yaml'), SLOS);
    service = await startService({
      env: {
        DATABASE_URL: await freshDatabase(postgres),
        PROMETHEUS_URL: source.url,
        SCRAPE_INTERVAL: `${SCRAPE}s`,
        SLO_DIR: folder,
        QUERY_DELAY: '1s',
        EXTERNAL_URL,
      },
    });
    started.push(() => service.stop());
    await eventually(
      'history is read and judged',
      async () => {
        const answer = await service.get('/api/v1/alerts?state=firing');
        return answer.ok ? ((await answer.json()) as { items: readonly Alert[] }).items : [];
      },
      (items) => items.length >= 9,
      90_000,
    );
    const file = join(folder, 'rules.yml');
    await writeFile(file, await (await service.get('/api/v1/rules?flavour=gauges')).text());
    watcher = await startPrometheus({
      config: `
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: ['${file}']
scrape_configs:
  - { job_name: slowburn, honor_labels: true, static_configs: [{ targets: ['${service.url.slice(7)}'] }] }
`,
    });
    started.push(() => watcher.dispose());
  });

  afterAll(async () => {
    for (const stop of started.reverse()) await stop();
  });

  const byPrometheus = async (): Promise<readonly Labels[]> => {
    const answer = await fetch(`${watcher.url}/api/v1/alerts`);
    const { data } = (await answer.json()) as {
      data: { alerts: readonly { labels: Labels; state: string }[] };
    };
    return data.alerts
      .filter(({ labels, state }) => state === 'firing' && labels['slo'] !== undefined)
      .map(({ labels }) => labels);
  };
  const byService = async (): Promise<readonly Labels[]> => {
    const { items } = await service.json<{ items: readonly Alert[] }>(
      '/api/v1/alerts?state=firing&limit=1000',
    );
    return items.filter(({ heldBy }) => heldBy === null).map(({ labels }) => labels);
  };

  it('fire in a Prometheus that scrapes it what the service itself says, by the same labels', async () => {
    const [ours, theirs] = await eventually(
      'both say the same',
      async () => [sorted(await byService()), sorted(await byPrometheus())] as const,
      ([a, b]) => JSON.stringify(a) === JSON.stringify(b),
      60_000,
    );
    expect(theirs).toEqual(ours);
    const names = new Set(ours.map(({ alertname, slo }) => `${slo ?? ''} ${alertname ?? ''}`));
    expect([...names].sort()).toEqual([
      'by-service SLOErrorBudgetBurn',
      'by-service SLOErrorBudgetExhausted',
      'errors SLOErrorBudgetBurn',
      'errors SLOErrorBudgetExhausted',
      'guarded SLOErrorBudgetExhausted',
      'silent SLONoData',
      'this-month SLOErrorBudgetBurn',
      'this-month SLOErrorBudgetExhausted',
    ]);
    expect(ours).toContainEqual(
      expect.objectContaining({ slo: 'by-service', group_service: HOSTILE, endpoint: '/cars' }),
    );
  });

  it('agree with slo_alert_firing', async () => {
    const query = encodeURIComponent('sum by (slo) (slo_alert_firing) > 0');
    const answer = await fetch(`${watcher.url}/api/v1/query?query=${query}`);
    const { data } = (await answer.json()) as {
      data: { result: readonly { metric: Labels; value: [number, string] }[] };
    };
    const firing = Object.fromEntries(
      data.result.map(({ metric, value }) => [metric['slo'], Number(value[1])]),
    );
    const burns = (await byPrometheus()).filter(
      ({ alertname }) => alertname === 'SLOErrorBudgetBurn',
    );
    const counted: Record<string, number> = {};
    for (const { slo = '' } of burns) counted[slo] = (counted[slo] ?? 0) + 1;
    expect(counted).toEqual(firing);
  });

  it('are told as they are by annotations, whatever a definition says', async () => {
    const answer = await fetch(`${watcher.url}/api/v1/rules?type=alert`);
    const { data } = (await answer.json()) as {
      data: {
        groups: readonly {
          rules: readonly {
            health: string;
            alerts: readonly { labels: Labels; annotations: Labels }[];
          }[];
        }[];
      };
    };
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    const burn = rules
      .flatMap(({ alerts }) => alerts)
      .find(({ labels }) => labels['slo'] === 'errors');
    expect(burn?.annotations['description']).toMatch(
      /^Answers \{\{ without \}\} a "server" error \{\n/,
    );
    expect(burn?.labels['channel']).toBe('#ops {{ alerts }}');
  });

  it('are YAML unless JSON is asked for, of all SLOs or some', async () => {
    const yaml = await service.get('/api/v1/rules?flavour=standalone');
    expect(yaml.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
    expect(await checkRules(await yaml.text())).toMatchObject({ ok: true });
    const json = await service.get('/api/v1/rules?slo=shop/fine', { accept: 'application/json' });
    expect(await json.json()).toMatchObject({
      flavour: 'gauges',
      groups: [{ name: 'slo:shop', rules: expect.any(Array) as unknown }],
      notes: [],
    });
    expect((await service.get('/api/v1/rules?service=nobody')).status).toBe(404);
    expect((await service.get('/api/v1/rules?flavour=sloth')).status).toBe(422);
  });

  it('are the same from files, without the service', async () => {
    const links = ['--external-url', EXTERNAL_URL];
    const cli = (...args: string[]) =>
      runDelivered({}, 'cli/main.js', ['rules', join(folder, 'shop.yaml'), ...args]);
    const told = await cli('--flavour', 'standalone');
    expect(told).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('shop/this-month: the budget of a calendar month') as string,
    });
    expect(await checkRules(told.stdout)).toMatchObject({ ok: true });
    const out = join(folder, 'out');
    expect(await cli('--out', out, ...links)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: `2 files in ${out}\n`,
    });
    const served = await (await service.get('/api/v1/rules?service=shop')).text();
    expect(await readFile(join(out, 'shop.yaml'), 'utf8')).toBe(served);
    const wrong = await cli('--flavour', 'sloth');
    expect(wrong).toMatchObject({
      code: 2,
      stderr: '--flavour is "sloth", allowed: gauges, standalone\n',
    });
  });

  it('are rehearsed with other tiers, from the command line', async () => {
    const policy = join(folder, 'mine.policy');
    await writeFile(
      policy,
      'name: mine\ntiers:\n  - { kind: page, factor: 2, long: 30m, short: 5m }\n',
    );
    const cli = (...args: string[]) =>
      runDelivered({}, 'cli/main.js', ['rehearse', 'shop/errors', '--url', service.url, ...args]);
    const table = await cli('--policy', policy, '--policy', 'pyrra');
    expect(table).toMatchObject({ code: 0, stderr: '' });
    expect(table.stdout).toMatch(/^in-force +1 /m);
    expect(table.stdout).toMatch(/^mine +1 /m);
    expect(table.stdout).toContain('page above 2 over 30m and 5m: 1 times');
    const json = await cli('--json');
    const { policies } = JSON.parse(json.stdout) as { policies: readonly { name: string }[] };
    expect(policies.map(({ name }) => name)).toEqual([
      'in-force',
      'workbook',
      'sloth',
      'pyrra',
      'grafana',
    ]);
    await writeFile(
      policy,
      'name: mine\ntiers:\n  - { kind: page, share: 200%, long: 30m, short: 5m }\n',
    );
    const refused = await cli('--policy', policy);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('policies[1].tiers[0].share is "200%"');
  });
});

interface Alert {
  readonly labels: Labels;
  readonly heldBy: string | null;
}

function sorted(all: readonly Labels[]): readonly Labels[] {
  const text = (labels: Labels) => JSON.stringify(Object.entries(labels).sort());
  return [...all]
    .map((labels) => Object.fromEntries(Object.entries(labels).sort()))
    .sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** Five hours, of which the last one and a half burn 30 times too fast; a job that went silent 20 minutes ago. */
function* burning(now: number): Generator<MetricFamily> {
  const from = now - 5 * HOUR;
  const since = now - 1.5 * HOUR;
  const until = (at: number, rate: number, begin = from) =>
    Math.max(0, Math.floor(((at - begin) / SCRAPE) * rate));
  const counter = (labels: Labels, end: number, value: (at: number) => number): SampledSeries => ({
    name: 'http_requests_total',
    labels: { job: 'shop', instance: 'shop-1', service: HOSTILE, endpoint: '/cars', ...labels },
    samples: everyStep(from, end, SCRAPE, value),
  });
  const up = (job: string, end: number): SampledSeries => ({
    name: 'up',
    labels: { job, instance: `${job}-1` },
    samples: everyStep(from, end, SCRAPE, () => 1),
  });
  const silent = now - 20 * 60;
  const gone = { job: 'gone', instance: 'gone-1' };
  yield { name: 'up', type: 'gauge', series: [up('shop', now), up('gone', silent)] };
  yield {
    name: 'http_requests',
    type: 'counter',
    series: [
      counter({ code: '200' }, now, (at) => until(at, 700)),
      counter({ code: '500' }, now, (at) => until(at, 300, since)),
      counter({ ...gone, code: '200' }, silent, (at) => until(at, 100)),
    ],
  };
}
