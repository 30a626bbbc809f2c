import type { Pool } from 'pg';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresLeases } from '../../src/postgres/postgres-leases';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';

describe('leases in PostgreSQL', () => {
  let server: PostgresServer;
  let pool: Pool;
  const replica = () => new PostgresLeases(new Database(pool));

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    pool = openPool(await migratedDatabase(server), () => undefined);
  });
  afterEach(() => pool.end());

  it('go to one replica each, when all ask at once', async () => {
    const units = Array.from({ length: 40 }, (_, index) => `unit ${index}`);
    const replicas = [replica(), replica(), replica(), replica()];
    const claimed = await Promise.all(replicas.map((one) => one.claim(units, 60)));
    const rest = await Promise.all(replicas.map((one) => one.claim(units, 60)));
    const holders = new Map<string, Set<number>>();
    for (const round of [claimed, rest]) {
      round.forEach((leases, index) => {
        for (const { unit } of leases)
          holders.set(unit, (holders.get(unit) ?? new Set()).add(index));
      });
    }
    expect([...holders.values()].map((set) => set.size)).toEqual(units.map(() => 1));
  });

  it('keep their epoch when renewed, and raise it when they change hands', async () => {
    const [first, second] = [replica(), replica()];
    expect(await first.claim(['u'], 60)).toEqual([{ unit: 'u', epoch: 2n }]);
    expect(await first.claim(['u'], 60)).toEqual([{ unit: 'u', epoch: 2n }]);
    expect(await second.claim(['u'], 60)).toEqual([]);
    expect(await first.claim(['u'], 0)).toEqual([{ unit: 'u', epoch: 2n }]);
    expect(await second.claim(['u'], 60)).toEqual([{ unit: 'u', epoch: 3n }]);
    expect(await first.claim(['u'], 60)).toEqual([]);
  });

  it('are free at once when given back, but only by who holds them', async () => {
    const [first, second] = [replica(), replica()];
    const [lease] = await first.claim(['u'], 60);
    await second.release(lease === undefined ? [] : [lease]);
    expect(await second.claim(['u'], 60)).toEqual([]);
    await first.release(lease === undefined ? [] : [lease]);
    expect(await second.claim(['u'], 60)).toEqual([{ unit: 'u', epoch: 3n }]);
  });
});
