import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Slo } from '../src/domain/slo';
import type { Lease } from '../src/ledger/ledger';
import { DAY_SECONDS } from '../src/ledger/grid';
import { Database } from '../src/postgres/database';
import { openPool } from '../src/postgres/pool';
import { PostgresLeases } from '../src/postgres/postgres-leases';
import { PostgresLedger } from '../src/postgres/postgres-ledger';
import { migratedDatabase } from '../test/support/ledger-database';
import { startPostgres } from '../test/support/postgres';
import { type RunningService, startService } from '../test/support/service';
import { eventually } from '../test/support/service-ledger';
import { singleSlos } from './ledger-world';

/** Nobody listens there: what is measured is the ledger and all that comes after it. */
const NO_PROMETHEUS = 'http://127.0.0.1:1';

type Fill = (ledger: PostgresLedger, lease: Lease, slos: readonly Slo[]) => Promise<void>;

/** The built service over a ledger of so many SLOs, once all of them are evaluated. */
export async function withServedSlos<T>(
  count: number,
  fill: Fill,
  work: (service: RunningService) => Promise<T>,
): Promise<T> {
  const postgres = await startPostgres();
  const sloDir = await mkdtemp(join(tmpdir(), 'slowburn-served-slos-'));
  try {
    const url = await migratedDatabase(postgres);
    const slos = singleSlos(count);
    await writeLedger(url, slos, fill);
    await writeFile(join(sloDir, 'slos.yaml'), slos.map(definitionOf).join('---\n'));
    const env = { DATABASE_URL: url, SLO_DIR: sloDir, PROMETHEUS_URL: NO_PROMETHEUS };
    const service = await startService({ env });
    try {
      await eventually(
        'all SLOs are evaluated',
        () => service.json<{ items: readonly unknown[] }>('/api/v1/slos?limit=1000'),
        ({ items }) => items.length === count,
      );
      return await work(service);
    } finally {
      await service.stop();
    }
  } finally {
    await postgres.stop();
    await rm(sloDir, { recursive: true, force: true });
  }
}

async function writeLedger(url: string, slos: readonly Slo[], fill: Fill): Promise<void> {
  const pool = openPool(url, () => undefined);
  try {
    const database = new Database(pool);
    const [lease] = await new PostgresLeases(database, 'bench').claim(['bench'], 3_600);
    if (lease === undefined) throw new Error('the lease of a new database is taken');
    await fill(new PostgresLedger(database, 400 * DAY_SECONDS), lease, slos);
    await pool.query('vacuum analyze');
  } finally {
    await pool.end();
  }
}

function definitionOf({ service, name }: Slo): string {
  const [total, bad] = ['', ',code=~"5.."'].map(
    (more) => `http_requests_total{job="${service}"${more}}`,
  );
  return `apiVersion: slowburn/v1
service: ${service}
team: bench
slos:
  - name: ${name}
    description: Answers without a server error
    objective: 99.9%
    sli: { ratio: { total: '${total ?? ''}', bad: '${bad ?? ''}' } }
`;
}
