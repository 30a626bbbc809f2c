import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { openPool } from '../../src/postgres/pool';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';

const ROLE = 'slowburn_runtime';
const ADAPTER = join(__dirname, '..', '..', 'src', 'postgres');

/** Tables to which rows are only ever added. */
const ONLY_ADDED_TO = ['audit', 'slo_rename', 'marker', 'closed_report'];

interface Statement {
  readonly privilege: 'insert' | 'update' | 'delete';
  readonly table: string;
}

describe('the role that the service runs as, without rights of its own', () => {
  let server: PostgresServer;
  let pool: Pool;
  let tables: readonly string[];

  beforeAll(async () => {
    server = await startPostgres();
    pool = openPool(await migratedDatabase(server), () => undefined);
    await server.superuser(`create role ${ROLE}`, `grant ${ROLE} to slowburn`);
    await pool.query('select slowburn_grant_runtime($1)', [ROLE]);
    const { rows } = await pool.query<{ name: string }>(
      `select relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        order by relname`,
    );
    tables = rows.map(({ name }) => name);
  }, 60_000);

  afterAll(async () => {
    await pool.end();
    await server.stop();
  }, 30_000);

  async function may(privilege: string, wanted: readonly string[]): Promise<readonly string[]> {
    const { rows } = await pool.query<{ name: string }>(
      `select name from unnest($3::text[]) name where has_table_privilege($1, 'public.' || name, $2)
        order by name`,
      [ROLE, privilege, wanted],
    );
    return rows.map(({ name }) => name);
  }

  it('reads every table there is', async () => {
    expect(await may('select', tables)).toEqual(tables);
  });

  it('has what every statement of the adapter needs', async () => {
    const statements = statementsOf(tables);
    const told = new Set(statements.map(({ table }) => table));
    // Fewer would mean that the statements are not found any more.
    expect(told.size).toBeGreaterThan(tables.length / 2);
    for (const { privilege, table } of statements) {
      expect([privilege, await may(privilege, [table])]).toEqual([privilege, [table]]);
    }
  });

  it('changes no history, and no rows that are only ever added', async () => {
    const kept = tables.filter((table) => ONLY_ADDED_TO.includes(table));
    expect(kept).toEqual([...ONLY_ADDED_TO].sort());
    expect(await may('update', kept)).toEqual([]);
    expect(await may('delete', kept)).toEqual([]);
  });

  it('neither empties a table nor makes, changes or drops one', async () => {
    for (const privilege of ['truncate', 'references', 'trigger']) {
      expect([privilege, await may(privilege, tables)]).toEqual([privilege, []]);
    }
    expect(await may('insert, update, delete', ['migrations'])).toEqual([]);
    const client = await pool.connect();
    try {
      await client.query(`set role ${ROLE}`);
      await expect(client.query('create table public.own (id int)')).rejects.toThrow('permission');
      for (const table of tables) {
        await expect(client.query(`drop table public.${table}`)).rejects.toThrow('must be owner');
        const change = `alter table public.${table} add column own int`;
        await expect(client.query(change)).rejects.toThrow('must be owner');
      }
    } finally {
      client.release(true);
    }
  });
});

/** What the texts of the adapter write to, `do update` included. */
function statementsOf(tables: readonly string[]): readonly Statement[] {
  const files = readdirSync(ADAPTER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'),
  );
  const texts = files.flatMap((name) => [
    ...(readFileSync(join(ADAPTER, name), 'utf8').match(/`[^`]*`|'[^'\n]*'/g) ?? []),
  ]);
  const found = new Map<string, Statement>();
  const add = (privilege: Statement['privilege'], table = '') => {
    if (tables.includes(table)) found.set(`${privilege} ${table}`, { privilege, table });
  };
  for (const text of texts) {
    for (const [, table] of text.matchAll(/\binsert\s+into\s+(?:public\.)?(\w+)/gi)) {
      add('insert', table);
      if (/\bdo\s+update\b/i.test(text)) add('update', table);
    }
    for (const [, table] of text.matchAll(
      /(?<!\bdo\s)(?<!\bfor\s)\bupdate\s+(?:public\.)?(\w+)/gi,
    )) {
      add('update', table);
    }
    for (const [, table] of text.matchAll(/\bdelete\s+from\s+(?:public\.)?(\w+)/gi)) {
      add('delete', table);
    }
  }
  return [...found.values()];
}
