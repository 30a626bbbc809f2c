import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource, MigrationExecutor } from 'typeorm';

/** Any constant will do; it must never change, or an old and a new version would migrate together. */
const MIGRATION_LOCK = 7_564_187_233;
const ASK_AGAIN_MS = 100;

/**
 * Brings the schema up to date, one instance at a time.
 *
 * The lock is asked for again and again: waiting inside PostgreSQL would hold a snapshot that
 * CREATE INDEX CONCURRENTLY of the instance in front waits for, for ever.
 *
 * @param source an initialised data source
 * @param ended ends the wait for another instance, failing for the signal's reason
 * @returns names of the migrations that were run
 */
export async function migrate(source: DataSource, ended?: AbortSignal): Promise<readonly string[]> {
  const session = source.createQueryRunner();
  try {
    while (
      !(await taken(session.query(`select pg_try_advisory_lock(${MIGRATION_LOCK}) as taken`)))
    ) {
      ended?.throwIfAborted();
      await sleep(ASK_AGAIN_MS);
    }
    // An index over years of history takes its time.
    await session.query('set statement_timeout = 0');
    const executor = new MigrationExecutor(source, session);
    executor.transaction = 'each';
    const run = await executor.executePendingMigrations();
    return run.map((migration) => migration.name);
  } finally {
    // A closed session has given its lock back; a living one must, before it returns to the pool.
    await session
      .query(`reset statement_timeout; select pg_advisory_unlock(${MIGRATION_LOCK})`)
      .catch(() => undefined);
    await session.release();
  }
}

async function taken(answer: Promise<unknown>): Promise<boolean> {
  const [row] = (await answer) as readonly { readonly taken: boolean }[];
  return row?.taken === true;
}
