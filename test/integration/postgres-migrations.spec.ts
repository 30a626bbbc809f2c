import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { dataSource } from '../../src/postgres/data-source';
import { Database } from '../../src/postgres/database';
import { migrate } from '../../src/postgres/migrate';
import { openPool } from '../../src/postgres/pool';
import { schemaDump } from '../support/schema-dump';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';

describe('the schema', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });

  it('is made once when several instances start together', async () => {
    const url = await server.database();
    const sources = await Promise.all([1, 2, 3].map(() => dataSource(url).initialize()));
    const run = await Promise.all(sources.map((source) => migrate(source)));
    await Promise.all(sources.map((source) => source.destroy()));
    const counts = run.map((names) => names.length).sort((a, b) => a - b);
    expect(counts).toEqual([0, 0, sources[0]?.migrations.length]);
  });

  it('is made without hurry, by connections that otherwise wait for no statement for ever', async () => {
    const source = await dataSource(await server.database()).initialize();
    const limit = (of: QueryRunner | DataSource): Promise<unknown> =>
      of.query('show statement_timeout');
    let inBetween: unknown = null;
    class Asks1900000000000 implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        inBetween = await limit(runner);
      }

      down(): Promise<void> {
        return Promise.resolve();
      }
    }
    source.migrations.push(new Asks1900000000000());
    expect(await limit(source)).toEqual([{ statement_timeout: '2min' }]);
    await migrate(source);
    expect(inBetween).toEqual([{ statement_timeout: '0' }]);
    expect(await limit(source)).toEqual([{ statement_timeout: '2min' }]);
    await source.destroy();
  });

  it('waits for another instance no longer than until it is stopped', async () => {
    const url = await server.database();
    const [first, second] = await Promise.all([1, 2].map(() => dataSource(url).initialize()));
    if (first === undefined || second === undefined) throw new Error('there are two');
    const holding = first.createQueryRunner();
    await holding.query('select pg_advisory_lock(7564187233)');
    const stopping = new AbortController();
    const waiting = migrate(second, stopping.signal);
    stopping.abort();
    await expect(waiting).rejects.toThrow('aborted');
    await holding.release();
    await Promise.all([first.destroy(), second.destroy()]);
  });

  it('is the one that was written down: npm run schema:dump writes it anew', async () => {
    const pool = openPool(await migratedDatabase(server), () => undefined);
    const dump = await schemaDump(new Database(pool));
    await pool.end();
    const file = join(__dirname, '..', '..', 'migrations', 'schema.sql');
    expect(dump).toBe(readFileSync(file, 'utf8'));
  });

  describe('partitions', () => {
    let pool: Pool;
    beforeEach(async () => {
      pool = openPool(await migratedDatabase(server), () => undefined);
    });
    afterEach(() => pool.end());

    it('are made once, by day and by month', async () => {
      const make = (parent: string) =>
        pool.query<{ made: number }>('select slowburn_make_partitions($1, $2::date[]) as made', [
          parent,
          ['2026-02-28', '2026-03-01', '2026-03-31'],
        ]);
      expect((await make('live_point')).rows).toEqual([{ made: 3 }]);
      expect((await make('live_point')).rows).toEqual([{ made: 0 }]);
      expect((await make('history_day')).rows).toEqual([{ made: 2 }]);
      expect((await make('step_flag')).rows).toEqual([{ made: 2 }]);
      await expect(make('audit')).rejects.toThrow('there is no partitioned table "audit"');
    });
  });
});
