import { dataSource } from '../../src/postgres/data-source';
import { migrate } from '../../src/postgres/migrate';
import { type PostgresServer, freshDatabase } from './postgres';

/** A new database with the service's schema. @returns its address */
export async function migratedDatabase(server: PostgresServer): Promise<string> {
  const url = await freshDatabase(server);
  const source = await dataSource(url).initialize();
  try {
    await migrate(source);
  } finally {
    await source.destroy();
  }
  return url;
}
