import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { type Cluster, openCluster } from '../../src/postgres/embedded/cluster';
import { ownDatabase, superuser } from '../../src/postgres/embedded/embedded-postgres';
import { type Postmaster, freePort, startPostmaster } from '../../src/postgres/embedded/postmaster';
import { processesIn } from '../../src/postgres/embedded/process-facts';

/** A real PostgreSQL of its own for a test file, in a temporary directory. */
export interface PostgresServer {
  readonly url: string;
  /** Makes a new, empty database on it. @returns its address */
  database(): Promise<string>;
  /** Runs statements that only a superuser may: roles and the like. */
  superuser(...statements: readonly string[]): Promise<void>;
  /** Ends the server for good and removes its directory. */
  stop(): Promise<void>;
  /** kill -9 of the server; its address stays. */
  kill(): Promise<void>;
  /** Starts it again on the same address, after `kill` or instead of a running one. */
  restart(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), 'slowburn-postgres-'));
  // Started by root, the server runs as somebody else, who has to get in.
  chmodSync(directory, 0o755);
  const cluster = openCluster(directory);
  const port = await freePort();
  let server = await startPostmaster(cluster, port);
  return {
    url: await ownDatabase(cluster, port, 'slowburn'),
    database: () => ownDatabase(cluster, port, `t_${randomBytes(6).toString('hex')}`),
    superuser: (...statements) => asSuperuser(cluster, port, statements),
    stop: async () => {
      await server.stop();
      closed(cluster, directory);
    },
    kill: () => killed(server, cluster),
    restart: async () => {
      await server.stop();
      server = await startPostmaster(cluster, port);
    },
  };
}

/** A new, empty database: every test writes into one of its own. */
export function freshDatabase(server: PostgresServer): Promise<string> {
  return server.database();
}

async function asSuperuser(
  cluster: Cluster,
  port: number,
  statements: readonly string[],
): Promise<void> {
  const client = new Client({ connectionString: superuser(cluster, port) });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** All of its processes at once, as when the machine dies: sessions of a dead server may go on a while. */
async function killed(server: Postmaster, cluster: Cluster): Promise<void> {
  process.kill(server.pid, 'SIGKILL');
  for (const pid of processesIn(cluster.pgdata)) killIfThere(pid);
  await server.ended;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function closed(cluster: Cluster, directory: string): void {
  cluster.release();
  rmSync(directory, { recursive: true, force: true });
}
