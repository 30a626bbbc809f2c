import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import { freshDatabase, startPostgres } from '../support/postgres';
import { type RunningService, startService } from '../support/service';
import { eventually } from '../support/service-ledger';

const DAY = 86_400;
const SCRAPE = 60;

const SLOS = `apiVersion: slowburn/v1
service: shop
team: backend
slos:
  - name: api-errors
    description: Answers without a server error
    objective: 99%
    sli: &errors
      ratio:
        total: http_requests_total{job="shop"}
        bad: http_requests_total{job="shop",status=~"5.."}
  - { name: by-endpoint, objective: 99%, groupBy: [endpoint], sli: *errors }
  - { name: by-instance, objective: 99%, groupBy: [instance], sli: *errors }
  - name: uptime
    labels: { tier: '1' }
    objective: 99.5%
    sli: { availability: { up: 'up{job="shop"}' } }
`;

/** The receiver of alerts is one that nobody listens at. */
const CONFIG = `metrics: { labels: [tier], compatibility: [sloth, pyrra] }
alertmanagers: [{ url: 'http://127.0.0.1:1' }]
`;

/** Rows that a list of the SLOs above has: one, two endpoints, two instances, one. */
export const ROWS = 6;

/** A value of a query's answer. */
export interface Found {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Two replicas that a real Prometheus scrapes, with an SLO that burns and one that does not. */
export interface GrafanaWorld {
  readonly service: RunningService;
  /** Of now. */
  ask(query: string): Promise<readonly Found[]>;
  /** The last value of each series over the last minutes, as a panel over time asks. */
  askOverTime(query: string): Promise<readonly Found[]>;
  /** Any other path of Prometheus' API; its `data`. */
  api<T>(path: string): Promise<T>;
  dispose(): Promise<void>;
}

export async function startGrafanaWorld(): Promise<GrafanaWorld> {
  const home = await mkdtemp(join(tmpdir(), 'slowburn-grafana-'));
  const [postgres, prometheus] = await Promise.all([
    startPostgres(),
    startPrometheusWithHistory(history(Math.floor(Date.now() / 1000 / SCRAPE) * SCRAPE)),
    writeFile(join(home, 'slos.yaml'), SLOS),
    writeFile(join(home, 'slowburn.conf'), CONFIG),
  ]);
  const env = {
    DATABASE_URL: await freshDatabase(postgres),
    PROMETHEUS_URL: prometheus.url,
    SCRAPE_INTERVAL: `${SCRAPE}s`,
    SLO_DIR: home,
    SLOWBURN_CONFIG: join(home, 'slowburn.conf'),
    QUERY_DELAY: '1s',
  };
  const replicas: RunningService[] = [];
  const dispose = async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await prometheus.dispose();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  };
  const api = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${prometheus.url}/api/v1/${path}`);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${decodeURIComponent(path)}: ${text}`);
    return (JSON.parse(text) as { readonly data: T }).data;
  };
  const world: Omit<GrafanaWorld, 'service'> = {
    api,
    ask: async (query) => {
      const path = `query?${new URLSearchParams({ query }).toString()}`;
      const { result } = await api<{ result: { metric: Found['metric']; value: Sample }[] }>(path);
      return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    askOverTime: async (query) => {
      const end = Date.now() / 1000;
      const range = { start: String(end - 300), end: String(end), step: '5' };
      const path = `query_range?${new URLSearchParams({ query, ...range }).toString()}`;
      const { result } = await api<{ result: { metric: Found['metric']; values: Sample[] }[] }>(
        path,
      );
      return result.map(({ metric, values }) => ({ metric, value: Number(values.at(-1)?.[1]) }));
    },
    dispose,
  };
  try {
    const first = await startService({ env });
    replicas.push(first);
    replicas.push(await startService({ env }));
    await prometheus.reload(scraping(replicas.map(({ url }) => new URL(url).host)));
    await eventually(
      'both replicas tell of an alert, and of all history',
      async () => [
        await world.ask('count by (instance) (slo_alert_firing{slo="uptime"})'),
        await world.ask('slo_alert_firing{slo="api-errors",long="1h"} == 1'),
        await world.ask('rate(slo_events_total{slo="api-errors"}[1m])'),
        await world.ask(
          'slowburn_backfill_done_seconds / slowburn_backfill_wanted_seconds > 0.999',
        ),
        await world.ask('slowburn_alert_receiver_up == 0'),
        // The minute after the history was read: no earlier one is judged by it.
        await alertsOf(first),
      ],
      ([firing, burning, counted, ...once]) =>
        [firing, burning, counted].every((found) => found?.length === 2) &&
        once.every((found) => found.length > 0),
    );
    return { ...world, service: first };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function alertsOf({ url }: RunningService): Promise<readonly unknown[]> {
  const answer = await fetch(`${url}/api/v1/alerts?slo=shop/api-errors`);
  return ((await answer.json()) as { readonly items: readonly unknown[] }).items;
}

type Sample = readonly [at: number, value: string];

/** As docs/grafana.md has it for the names of others. */
function scraping(replicas: readonly string[]): string {
  const others = `source_labels: [__name__], regex: '(slo:|sloth_|pyrra_).*'`;
  return `global: { scrape_interval: 1s }
scrape_configs:
  - job_name: slowburn
    honor_labels: true
    static_configs: [{ targets: ${JSON.stringify(replicas)} }]
    metric_relabel_configs:
      - { ${others}, action: drop }
  - job_name: slowburn-compatible
    honor_labels: true
    static_configs: [{ targets: ${JSON.stringify(replicas.slice(0, 1))} }]
    metric_relabel_configs:
      - { ${others}, action: keep }
      - { regex: 'job|instance', action: labeldrop }
`;
}

/** Two days, in whose last two hours every second request to /cars fails. */
function* history(now: number): Generator<MetricFamily> {
  const from = now - 2 * DAY;
  const outage = now - 2 * 3600;
  const instances = ['shop-1:80', 'shop-2:80'];
  const counter = (
    instance: string,
    endpoint: string,
    status: string,
    perMinute: (at: number) => number,
  ): SampledSeries => {
    let count = 0;
    return {
      name: 'http_requests_total',
      labels: { job: 'shop', instance, endpoint, status },
      samples: everyStep(from, now, SCRAPE, (at) => (count += perMinute(at))),
    };
  };
  yield {
    name: 'up',
    type: 'gauge',
    series: instances.map((instance) => ({
      name: 'up',
      labels: { job: 'shop', instance },
      samples: everyStep(from, now, SCRAPE, () => 1),
    })),
  };
  yield {
    name: 'http_requests',
    type: 'counter',
    series: instances.flatMap((instance) => [
      counter(instance, '/cars', '200', (at) => (at > outage ? 30 : 60)),
      counter(instance, '/cars', '500', (at) => (at > outage ? 30 : 0)),
      counter(instance, '/login', '200', () => 20),
      counter(instance, '/login', '503', (at) => (at % 3600 === 0 ? 1 : 0)),
    ]),
  };
}
