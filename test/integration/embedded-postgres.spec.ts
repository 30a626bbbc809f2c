import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { openCluster } from '../../src/postgres/embedded/cluster';
import { EmbeddedPostgres } from '../../src/postgres/embedded/embedded-postgres';
import { freePort, startPostmaster } from '../../src/postgres/embedded/postmaster';
import { processesIn, startOf } from '../../src/postgres/embedded/process-facts';

jest.setTimeout(60_000);

describe('the embedded PostgreSQL', () => {
  let directory: string;
  let notices: string[];
  const embedded = (dataDir = directory) =>
    new EmbeddedPostgres(dataDir, (message) => notices.push(message));
  const pgdata = () => join(realpathSync(join(directory, 'postgres')), 'pgdata');

  beforeEach(() => {
    notices = [];
    directory = mkdtempSync(join(tmpdir(), 'slowburn-embedded-'));
    chmodSync(directory, 0o755);
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('keeps its data over a stop and a start, and leaves no process behind', async () => {
    const first = await embedded().start();
    await asked(first.url, 'create table kept (x int); insert into kept values (7)');
    await first.stop();
    expect(processesIn(pgdata())).toEqual([]);
    const second = await embedded().start();
    expect(await asked(second.url, 'select x from kept')).toEqual([{ x: 7 }]);
    await second.stop();
  });

  it('listens on loopback only, behind a password that only its user can read, as no superuser', async () => {
    const { url, stop } = await embedded().start();
    expect(await asked(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await asked(url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await asked(url, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false },
    ]);
    await expect(asked(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password');
    expect(statSync(join(directory, 'postgres', 'password')).mode & 0o777).toBe(0o600);
    await stop();
  });

  it('refuses a directory that another instance is running on, and leaves that one alone', async () => {
    const first = await embedded().start();
    await expect(embedded().start()).rejects.toThrow(
      `is in use by another Slowburn (process ${process.pid})`,
    );
    expect(await asked(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await first.stop();
    await (await embedded().start()).stop();
  });

  it('takes over the directory of a killed owner, whose server still runs', async () => {
    const cluster = openCluster(directory);
    const orphan = await startPostmaster(cluster, await freePort());
    cluster.release();
    const { pid: dead } = spawnSync('true');
    writeFileSync(join(cluster.stateDir, 'owner.lock'), `${dead} 12345`);
    const next = await embedded().start();
    expect(startOf(orphan.pid)).toBeNull();
    expect(await asked(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.stop();
  });

  it('does not believe a lock whose process id runs again as something else', async () => {
    const cluster = openCluster(directory);
    const port = await freePort();
    const killed = await startPostmaster(cluster, port);
    process.kill(killed.pid, 'SIGKILL');
    await killed.ended;
    cluster.release();
    // This very process has the id, and is neither an owner of that start time nor a postmaster.
    writeFileSync(join(cluster.stateDir, 'owner.lock'), `${process.pid} 1`);
    writeFileSync(join(cluster.pgdata, 'postmaster.pid'), `${process.pid}\n${cluster.pgdata}\n`);
    const next = await embedded().start();
    expect(await asked(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.stop();
  });

  it('starts a killed server again on the same address, with what was committed', async () => {
    const { url, stop } = await embedded().start();
    await asked(url, 'create table kept (x int); insert into kept values (7)');
    const [server = 0] = processesIn(pgdata());
    process.kill(server, 'SIGKILL');
    const rows = await again(() => asked(url, 'select x from kept'));
    expect(rows).toEqual([{ x: 7 }]);
    expect(notices.join()).toContain(`process ${server}) ended, starting it again`);
    await stop();
  });

  it("says in PostgreSQL's own words why it does not start", async () => {
    await (await embedded().start()).stop();
    writeFileSync(join(pgdata(), 'postgresql.conf'), 'shared_buffers = never\n');
    await expect(embedded().start()).rejects.toThrow(
      /did not start on .*invalid value for parameter "shared_buffers": "never"/,
    );
    writeFileSync(join(pgdata(), 'postgresql.conf'), '');
    await (await embedded().start()).stop();
  });

  it('makes its database anew when it was killed while making it', async () => {
    const half = join(directory, 'postgres', 'pgdata.init');
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, 'PG_VERSION'), '18');
    const { url, stop } = await embedded().start();
    expect(await asked(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stop();
    expect(existsSync(half)).toBe(false);
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;

  asRoot('keeps data elsewhere, behind a link, when only root may enter DATA_DIR', async () => {
    const closed = join(directory, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const { url, stop } = await embedded(closed).start();
    expect(lstatSync(join(closed, 'postgres')).isSymbolicLink()).toBe(true);
    expect(await asked(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stop();
    rmSync(realpathSync(join(closed, 'postgres')), { recursive: true });
  });
});

async function asked(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  // The server may die under the client: the query tells, the connection need not, too.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 300; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(100);
    }
  }
}
