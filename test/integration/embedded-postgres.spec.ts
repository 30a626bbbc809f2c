import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgres } from '../../src/postgres/embedded/embedded-postgres';

describe('the embedded PostgreSQL', () => {
  let directory: string;
  const notices: string[] = [];
  const embedded = () => new EmbeddedPostgres(directory, (message) => notices.push(message));

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slowburn-embedded-'));
    chmodSync(directory, 0o755);
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('keeps its data over a stop and a start', async () => {
    const first = await embedded().start();
    await asked(first.url, 'create table kept (x int); insert into kept values (7)');
    await first.stop();
    const second = await embedded().start();
    expect(await asked(second.url, 'select x from kept')).toEqual([{ x: 7 }]);
    await second.stop();
  });
});

async function asked(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
