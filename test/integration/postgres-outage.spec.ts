import type { Pool } from 'pg';
import { type Lease, LedgerUnavailable } from '../../src/ledger/ledger';
import type { Stream } from '../../src/ledger/stream';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresLeases } from '../../src/postgres/postgres-leases';
import { PostgresLedger } from '../../src/postgres/postgres-ledger';
import { migratedDatabase } from '../support/ledger-database';
import { LEDGER_START as START, appendOf, must } from '../support/ledger-writes';
import { type PostgresServer, startPostgres } from '../support/postgres';

// Recovery after a kill takes as long as the machine's disk is busy.
jest.setTimeout(60_000);

describe('the ledger in a PostgreSQL that is killed', () => {
  let server: PostgresServer;
  let pool: Pool;
  let database: Database;
  let ledger: PostgresLedger;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    pool = openPool(await migratedDatabase(server), () => undefined);
    database = new Database(pool);
    ledger = new PostgresLedger(database, 400 * 86_400);
  });
  afterEach(() => pool.end());

  it('says that it is unavailable while the database is away, and goes on when it is back', async () => {
    const stream = must((await opened(1))[0]);
    const lease = await claimed();
    await server.kill();
    await expect(ledger.append([appendOf(stream, lease, 1)])).rejects.toBeInstanceOf(
      LedgerUnavailable,
    );
    await expect(ledger.pointsAt([stream], [START - 60, START + 60])).resolves.toHaveLength(2);
    await expect(ledger.streams(['r'])).rejects.toBeInstanceOf(LedgerUnavailable);
    await server.restart();
    expect(await ledger.append([appendOf(stream, lease, 1)])).toEqual(new Set([stream.id]));
  });

  it('writes all of a batch or nothing of it when the server is killed in the middle', async () => {
    const streams = await opened(400);
    const lease = await claimed();
    let current = streams;
    for (let round = 0; round < 6; round += 1) {
      const minutes = 20;
      const writing = ledger
        .append(current.map((stream) => appendOf(stream, lease, minutes)))
        .catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, round * 12));
      await server.kill();
      await writing;
      await server.restart();
      const found = await ledger.streams(['r']);
      const ends = new Set(found.map((stream) => stream.newest.at));
      expect(ends.size).toBe(1);
      for (const stream of found) {
        expect(stream.newest.good).toBe((7n * BigInt(stream.newest.at - START)) / 60n);
      }
      const live = await pool.query<{ n: number; at: number }>(
        'select count(*)::int n, extract(epoch from max(t))::float8 at from live_point',
      );
      const end = [...ends][0] ?? 0;
      expect(live.rows).toEqual([{ at: end, n: 400 * ((end - START) / 60 + 1) }]);
      const again = await ledger.append(current.map((stream) => appendOf(stream, lease, minutes)));
      expect(again.size).toBe(end === must(current[0]).newest.at ? 400 : 0);
      current = await ledger.streams(['r']);
    }
    expect(must(current[0]).newest.at).toBe(START + 6 * 20 * 60);
  });

  async function opened(count: number): Promise<readonly Stream[]> {
    return ledger.open(
      Array.from({ length: count }, (_, index) => ({
        service: 's',
        name: `n${index}`,
        group: null,
        revision: 'r',
        scale: 1n,
        startsAt: START,
      })),
    );
  }

  async function claimed(): Promise<Lease> {
    return must((await new PostgresLeases(database).claim(['unit'], 600))[0]);
  }
});
