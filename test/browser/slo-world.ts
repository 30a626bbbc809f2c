import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import { freshDatabase, startPostgres } from '../support/postgres';
import { type RunningService, startService } from '../support/service';
import { eventually } from '../support/service-ledger';

const DAY = 86_400;
const HOUR = 3_600;
const SCRAPE = 60;

/** What would run if it were taken for more than text. */
export const HOSTILE = '<img src=x onerror="document.title=\'hacked\'">';
export const ADMIN_TOKEN = 'an-admin-token-of-thirty-two-characters';

const SLOS = `apiVersion: slowburn/v1
service: shop
team: payments
slos:
  - name: api-errors
    description: ${JSON.stringify(`Answers without a server error ${HOSTILE}`)}
    objective: 99.5%
    sli: &errors
      ratio:
        total: http_requests_total{job="shop"}
        bad: http_requests_total{job="shop",status=~"5.."}
    alerting: { runbook: 'https://runbooks.example/errors' }
  - { name: by-endpoint, objective: 99.5%, groupBy: [endpoint], sli: *errors }
  - name: waiting
    objective: 99%
    sli:
      ratio:
        total: nobody_counts_total{job="shop"}
        bad: nobody_counts_total{job="shop",outcome="failed"}
`;

/** The built service on real servers, with a month behind it and an outage that goes on. */
export interface SloWorld {
  readonly service: RunningService;
  /** Of the instant that its outage began, epoch seconds. */
  readonly outage: number;
  /** The same ledger behind another service that asks for tokens. */
  guarded(): Promise<RunningService>;
  dispose(): Promise<void>;
}

export async function startSloWorld(): Promise<SloWorld> {
  const home = await mkdtemp(join(tmpdir(), 'slowburn-slo-page-'));
  const now = Math.floor(Date.now() / 1000 / SCRAPE) * SCRAPE;
  const outage = now - HOUR;
  const [postgres, prometheus] = await Promise.all([
    startPostgres(),
    startPrometheusWithHistory(history(now, outage)),
    writeFile(join(home, 'slos.yaml'), SLOS),
  ]);
  const env = {
    DATABASE_URL: await freshDatabase(postgres),
    PROMETHEUS_URL: prometheus.url,
    SCRAPE_INTERVAL: `${SCRAPE}s`,
    SLO_DIR: home,
    QUERY_DELAY: '1s',
  };
  const services: RunningService[] = [];
  const dispose = async () => {
    await Promise.all(services.map((service) => service.stop()));
    await prometheus.dispose();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  };
  const start = async (more: Readonly<Record<string, string>> = {}) => {
    const service = await startService({ env: { ...env, ...more } });
    services.push(service);
    return service;
  };
  try {
    const service = await start();
    await eventually(
      'a month is read',
      async () => (await service.json<{ items: readonly Row[] }>('/api/v1/slos')).items,
      (rows) => rows.filter(isRead).length === READ_ROWS,
    );
    await eventually(
      'the outage pages',
      async () => (await service.json<{ items: readonly unknown[] }>('/api/v1/alerts')).items,
      (alerts) => alerts.length > 0,
    );
    return { service, outage, guarded: () => start({ AUTH: 'token', ADMIN_TOKEN }), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** One SLO, and three groups of the other; the third has nothing to read. */
const READ_ROWS = 4;

interface Row {
  readonly slo: string;
  readonly coverage: { readonly ratio: number };
}

function isRead({ slo, coverage }: Row): boolean {
  return slo !== 'shop/waiting' && coverage.ratio > 0.99;
}

/** Part of the requests to /cart fail since the outage began, and did for three hours nine days ago. */
function* history(now: number, outage: number): Generator<MetricFamily> {
  const from = now - 30 * DAY - 2 * HOUR;
  const earlier = { from: now - 9 * DAY, to: now - 9 * DAY + 3 * HOUR };
  const counter = (
    endpoint: string,
    status: string,
    perMinute: (at: number) => number,
  ): SampledSeries => {
    let count = 0;
    return {
      name: 'http_requests_total',
      labels: { job: 'shop', instance: 'shop-1:80', endpoint, status },
      samples: everyStep(from, now, SCRAPE, (at) => (count += perMinute(at))),
    };
  };
  const failing = (at: number) =>
    at > outage ? 150 : at > earlier.from && at <= earlier.to ? 90 : 0;
  const day = (at: number) => Math.round(400 + 300 * Math.sin((at / DAY) * 2 * Math.PI));
  yield {
    name: 'http_requests',
    type: 'counter',
    series: [
      counter('/cart', '200', (at) => day(at) - failing(at)),
      counter('/cart', '500', failing),
      counter('/login', '200', () => 200),
      counter('/login', '503', (at) => (at % (2 * HOUR) === 0 ? 40 : 0)),
      counter(HOSTILE, '200', () => 10),
    ],
  };
  yield {
    name: 'up',
    type: 'gauge',
    series: [
      {
        name: 'up',
        labels: { job: 'shop', instance: 'shop-1:80' },
        samples: everyStep(from, now, SCRAPE, () => 1),
      },
    ],
  };
}
