import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../test/support/postgres';
import { type RunningPrometheus, startPrometheus } from '../test/support/prometheus';
import { migratedDatabase } from '../test/support/ledger-database';
import type { Fleet } from './fleet';
import { keptHistory } from './kept-history';

const SERVICES_IN_A_FILE = 5;

/** The fleet's history in a real Prometheus, a real PostgreSQL, and the fleet's SLOs in two shapes. */
export interface FleetWorld {
  readonly prometheus: RunningPrometheus;
  readonly postgres: PostgresServer;
  dispose(): Promise<void>;
  /** What the service is started with: a database of its own, and these definitions. */
  env(definitions: 'single' | 'grouped'): Promise<Readonly<Record<string, string>>>;
}

export async function startFleetWorld(fleet: Fleet): Promise<FleetWorld> {
  const directory = await keptHistory(fleet);
  const home = await mkdtemp(join(tmpdir(), 'slowburn-bench-'));
  await writeFiles(join(home, 'single'), singleFiles(fleet.jobs()));
  await writeFiles(join(home, 'grouped'), [groupedFile()]);
  const [prometheus, postgres] = await Promise.all([
    startPrometheus({
      dataDir: directory,
      retention: '100y',
      // What is kept for further runs is left as it was written.
      flags: ['--storage.tsdb.min-block-duration=2h', '--storage.tsdb.max-block-duration=2h'],
    }),
    startPostgres(),
  ]);
  return {
    prometheus,
    postgres,
    env: async (definitions) => ({
      SLO_DIR: join(home, definitions),
      DATABASE_URL: await migratedDatabase(postgres),
      PROMETHEUS_URL: prometheus.url,
      SCRAPE_INTERVAL: '60s',
    }),
    dispose: async () => {
      await prometheus.dispose();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function writeFiles(directory: string, texts: readonly string[]): Promise<void> {
  await mkdir(directory);
  for (const [k, text] of texts.entries()) {
    await writeFile(join(directory, `slos-${String(k + 1).padStart(3, '0')}.yaml`), text);
  }
}

/** As a thousand teams write them: nothing of one service's SLO is shared with another's. */
function singleFiles(jobs: readonly string[]): readonly string[] {
  const files = Math.ceil(jobs.length / SERVICES_IN_A_FILE);
  return Array.from({ length: files }, (_, k) =>
    jobs
      .slice(k * SERVICES_IN_A_FILE, (k + 1) * SERVICES_IN_A_FILE)
      .map(singleSlo)
      .join('---\n'),
  );
}

function singleSlo(job: string): string {
  return `apiVersion: slowburn/v1
service: ${job}
slos:
  - name: api-errors
    objective: 99.9%
    sli:
      ratio:
        total: http_requests_total{job="${job}"}
        bad: http_requests_total{job="${job}",code="500"}
`;
}

/** Ten SLOs of every service: two totals with five parts each. */
function groupedFile(): string {
  const totals = ['', 'code!~"4.."'];
  const parts = [
    'bad: http_requests_total{%code="500"}',
    'bad: http_requests_total{%code=~"5.."}',
    'bad: http_requests_total{%code!="200"}',
    'good: http_requests_total{%code="200"}',
    'good: http_requests_total{%code=~"2.."}',
  ];
  const slos = totals.flatMap((matcher, t) =>
    parts.map((part, p) => {
      const more = matcher === '' ? '' : `${matcher},`;
      return `  - name: errors-${t + 1}-${p + 1}
    objective: 99.9%
    groupBy: [job]
    sli:
      ratio:
        total: http_requests_total{${matcher}}
        ${part.replace('%', more)}
`;
    }),
  );
  return `apiVersion: slowburn/v1
service: fleet
slos:
${slos.join('')}`;
}
