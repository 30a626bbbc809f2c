import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import { freshDatabase, startPostgres } from '../support/postgres';
import type { RunningPrometheus } from '../support/prometheus';
import { type RunningService, startService } from '../support/service';
import { eventually } from '../support/service-ledger';

const DAY = 86_400;
const SCRAPE = 60;
const JOB = { job: 'faciliauto-api', instance: 'api-1:8000' };

export const REQUESTS = 1_000_000;
export const SERVER_ERRORS = 2_000;

/** FacilIAuto's own words and numbers, and one SLO per endpoint. */
export const SLOS = `apiVersion: slowburn/v1
service: faciliauto
team: backend
labels: { tier: '1' }
slos:
  - name: api-errors
    description: Respostas sem erro do servidor
    objective: 99.5%
    window: 30d
    sli:
      ratio:
        total: http_requests_total{job="faciliauto-api"}
        bad: http_requests_total{job="faciliauto-api",status=~"5.."}
  - name: api-errors-by-endpoint
    objective: 99.5%
    window: 30d
    groupBy: [endpoint]
    sli:
      ratio:
        total: http_requests_total{job="faciliauto-api"}
        bad: http_requests_total{job="faciliauto-api",status=~"5.."}
  - name: uptime
    objective: 99.5%
    window: 30d
    sli:
      availability:
        up: up{job="faciliauto-api"}
        instances: any
`;

/** A real Prometheus with the example's 30 days, a real Postgres, and a directory of definitions. */
export interface Example {
  readonly prometheus: RunningPrometheus;
  readonly sloDir: string;
  /** The settings of a service on them. */
  readonly env: Readonly<Record<string, string>>;
  /** The same on a database of its own. */
  freshEnv(): Promise<Readonly<Record<string, string>>>;
  write(file: string, text: string): Promise<string>;
  dispose(): Promise<void>;
}

export async function startExample(): Promise<Example> {
  const [postgres, prometheus, sloDir] = await Promise.all([
    startPostgres(),
    startPrometheusWithHistory(workedExample(Math.floor(Date.now() / 1000 / SCRAPE) * SCRAPE)),
    mkdtemp(join(tmpdir(), 'slowburn-slos-')),
  ]);
  const write = async (file: string, text: string) => {
    await writeFile(join(sloDir, file), text);
    return join(sloDir, file);
  };
  await write('faciliauto.yaml', SLOS);
  const freshEnv = async () => ({
    DATABASE_URL: await freshDatabase(postgres),
    PROMETHEUS_URL: prometheus.url,
    SCRAPE_INTERVAL: `${SCRAPE}s`,
    SLO_DIR: sloDir,
    // The history ends with the test's start: what would still come need not be waited for.
    QUERY_DELAY: '1s',
  });
  return {
    prometheus,
    sloDir,
    env: await freshEnv(),
    freshEnv,
    write,
    dispose: async () => {
      await prometheus.dispose();
      await postgres.stop();
      await rm(sloDir, { recursive: true, force: true });
    },
  };
}

export interface Row {
  readonly slo: string;
  readonly group: Readonly<Record<string, string>> | null;
  readonly status: string;
  readonly sli: number | null;
  readonly events: { readonly good: number; readonly bad: number; readonly total: number };
  readonly coverage: { readonly ratio: number };
}

/** A service whose history is read and whose figures are of all of it. */
export async function startWithHistory(
  env: Readonly<Record<string, string>>,
): Promise<RunningService> {
  const service = await startService({ env });
  try {
    await eventually(
      'the whole window is read',
      async () => (await service.json<{ items: Row[] }>('/api/v1/slos')).items,
      (rows) => rows.length === 4 && rows.every(({ coverage }) => coverage.ratio > 0.999),
      60_000,
    );
    return service;
  } catch (error) {
    await service.kill();
    throw error;
  }
}

/**
 * 30 days and a little more. All requests fall between the second day and the last hour but two, so
 * that no window's edge runs through them.
 */
function* workedExample(now: number): Generator<MetricFamily> {
  const [from, to] = [now - 30 * DAY - 2 * 3600, now];
  const [begin, end] = [now - 29 * DAY, now - 3 * 3600];
  const share = (at: number) => Math.min(1, Math.max(0, (at - begin) / (end - begin)));
  const counter = (
    endpoint: string,
    status: string,
    before: number,
    events: number,
  ): SampledSeries => ({
    name: 'http_requests_total',
    labels: { ...JOB, endpoint, status },
    samples: everyStep(from, to, SCRAPE, (at) => before + Math.floor(share(at) * events)),
  });
  yield {
    name: 'up',
    type: 'gauge',
    series: [{ name: 'up', labels: JOB, samples: everyStep(from, to, SCRAPE, () => 1) }],
  };
  yield {
    name: 'http_requests',
    type: 'counter',
    series: [
      counter('/cars', '200', 7_000, 700_000),
      counter('/cars', '404', 0, 8_000),
      counter('/cars', '500', 100, 1_500),
      counter('/login', '200', 900, 290_000),
      counter('/login', '503', 3, SERVER_ERRORS - 1_500),
    ],
  };
}
