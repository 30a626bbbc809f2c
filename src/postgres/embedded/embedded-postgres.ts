import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { type Cluster, openCluster } from './cluster';
import { type Postmaster, freePort, startPostmaster } from './postmaster';

const DATABASE = 'slowburn';
const LONGEST_PAUSE_MS = 30_000;

export interface RunningPostgres {
  /** Of a role that owns the service's database and is no superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL in `dataDir`, for whoever has none of their own.
 *
 * It listens on loopback behind a random password, is started again when it dies, and recovers by
 * itself from any kill of either process.
 */
export class EmbeddedPostgres {
  private readonly stopping = new AbortController();

  /** @param notice told what happened when the server ended by itself */
  constructor(
    private readonly dataDir: string,
    private readonly notice: (message: string) => void,
  ) {}

  async start(): Promise<RunningPostgres> {
    const cluster = openCluster(this.dataDir);
    try {
      const first = await startPostmaster(cluster, await freePort());
      const url = await ownDatabase(cluster, first.port, DATABASE).catch(async (error: unknown) => {
        await first.stop();
        throw error;
      });
      const supervision = this.supervise(cluster, first);
      return { url, stop: () => this.stop(cluster, supervision) };
    } catch (error) {
      cluster.release();
      throw error;
    }
  }

  /** Ends when the server has been stopped on purpose. */
  private async supervise(cluster: Cluster, first: Postmaster): Promise<void> {
    let server: Postmaster | null = first;
    while (server !== null) {
      await this.endOrStop(server);
      if (this.stopping.signal.aborted) return;
      this.notice(`the embedded PostgreSQL (process ${server.pid}) ended, starting it again`);
      server = await this.startedAgain(cluster, first.port);
    }
  }

  private async endOrStop(server: Postmaster): Promise<void> {
    const stop = (): void => void server.stop();
    const { signal } = this.stopping;
    signal.addEventListener('abort', stop, { once: true });
    // Asked to stop while it was starting: the event has been, and nobody else will stop it.
    if (signal.aborted) stop();
    await server.ended;
    signal.removeEventListener('abort', stop);
  }

  /** On the same port, so that the address everybody holds stays true. */
  private async startedAgain(cluster: Cluster, port: number): Promise<Postmaster | null> {
    const { signal } = this.stopping;
    for (let pauseMs = 200; !signal.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        return await startPostmaster(cluster, port);
      } catch (error) {
        this.notice(String(error));
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
    return null;
  }

  private async stop(cluster: Cluster, supervision: Promise<void>): Promise<void> {
    this.stopping.abort();
    await supervision;
    cluster.release();
  }
}

/**
 * A database with an owner of the same name, made where it is missing.
 *
 * @returns its address
 */
export async function ownDatabase(cluster: Cluster, port: number, name: string): Promise<string> {
  const admin = new Client({ connectionString: superuser(cluster, port) });
  await admin.connect();
  try {
    const owner = escapeIdentifier(DATABASE);
    const role = await admin.query('select 1 from pg_roles where rolname = $1', [DATABASE]);
    const verb = role.rowCount === 0 ? 'create' : 'alter';
    await admin.query(`${verb} role ${owner} login password ${escapeLiteral(cluster.password)}`);
    const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) {
      await admin.query(`create database ${escapeIdentifier(name)} owner ${owner}`);
    }
  } finally {
    await admin.end();
  }
  return address(cluster, port, DATABASE, name);
}

/** Address of the role that may do everything; only for making roles and databases. */
export function superuser(cluster: Cluster, port: number): string {
  return address(cluster, port, 'postgres', 'postgres');
}

function address(cluster: Cluster, port: number, role: string, database: string): string {
  return `postgres://${role}:${cluster.password}@127.0.0.1:${port}/${database}`;
}
