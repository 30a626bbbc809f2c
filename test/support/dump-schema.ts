import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataSource } from '../../src/postgres/data-source';
import { Database } from '../../src/postgres/database';
import { EmbeddedPostgres } from '../../src/postgres/embedded/embedded-postgres';
import { migrate } from '../../src/postgres/migrate';
import { openPool } from '../../src/postgres/pool';
import { schemaDump } from './schema-dump';

/** `npm run schema:dump`: migrates an empty database and writes down what came out. */
async function dumpSchema(file: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'slowburn-schema-'));
  // Started by root, the server runs as somebody else, who has to get in.
  chmodSync(directory, 0o755);
  const postgres = await new EmbeddedPostgres(directory, console.error).start();
  try {
    const source = await dataSource(postgres.url).initialize();
    await migrate(source);
    await source.destroy();
    const pool = openPool(postgres.url, console.error);
    writeFileSync(file, await schemaDump(new Database(pool)));
    await pool.end();
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

dumpSchema(join(process.cwd(), 'migrations', 'schema.sql')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
