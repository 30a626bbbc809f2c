import { dataSource } from '../postgres/data-source';
import { migrate } from '../postgres/migrate';
import { CouldNotRun } from './could-not-run';

/** `slowburn migrate`: the schema of an external database; an embedded one is migrated by `serve`. */
export async function migrateDatabase(options: { readonly json?: boolean }): Promise<number> {
  const url = process.env['DATABASE_URL'];
  if (url === undefined || url === '') {
    throw new CouldNotRun(
      'DATABASE_URL is not set, allowed: postgres://user@host:port/database; the embedded database is migrated by `slowburn serve`',
    );
  }
  const ran = await migrateAt(url);
  if (options.json === true) console.log(JSON.stringify({ ran }));
  else console.log(ran.length === 0 ? 'The schema is up to date.' : `Ran ${ran.join(', ')}.`);
  return 0;
}

async function migrateAt(url: string): Promise<readonly string[]> {
  const source = dataSource(url);
  try {
    await source.initialize();
    return await migrate(source);
  } catch (error) {
    // The driver's message names host and reason, never the password.
    const reason = error instanceof Error ? error.message : String(error);
    throw new CouldNotRun(`the schema could not be brought up to date: ${reason}`, {
      cause: error,
    });
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}
