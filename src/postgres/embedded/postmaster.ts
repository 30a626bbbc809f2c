import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, serverEnvironment } from './cluster';
import { spawnAs } from './os-account';
import { isPostmasterOf, processesIn, startOf } from './process-facts';

const START_MS = 60_000;
const STOP_MS = 30_000;
const POLL_MS = 15;

/** A server that accepts connections. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Settles when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends sessions, writes everything down and waits for the end. */
  stop(): Promise<void>;
}

/**
 * Starts a server on loopback and waits until it accepts connections.
 *
 * @param settings further PostgreSQL settings by name
 * @throws Error with the server's own words when it does not come up
 */
export async function startPostmaster(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<Postmaster> {
  await clearTheWay(cluster.pgdata);
  const log = join(cluster.stateDir, 'postgres.log');
  const output = openSync(log, 'w', 0o600);
  const child = spawn(cluster.binaries.postgres, serverArguments(cluster, port, settings), {
    ...spawnAs(cluster.account),
    cwd: cluster.stateDir,
    env: serverEnvironment(),
    stdio: ['ignore', output, output],
    // In a process group of its own: Ctrl-C is for the service, which stops the server last.
    detached: true,
  });
  closeSync(output);
  const ended = endOf(child);
  await ready(cluster, child, ended, log);
  const pid = child.pid ?? 0;
  return { pid, port, ended, stop: () => stopped(child, ended) };
}

/** A port of loopback that nobody listens on right now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

function serverArguments(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): readonly string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '64MB',
    max_wal_size: '512MB',
    timezone: 'UTC',
    jit: 'off',
    // The log is one file without rotation, so only what a person would look for goes there.
    log_checkpoints: 'off',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    // After a kill: one call for the disk, instead of one for each of thousands of files.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    ...settings,
  };
  return [
    '-D',
    cluster.pgdata,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/**
 * Ends the server of a killed parent, and waits for the children of a killed server: deleting its
 * lock file while one of them still writes would damage the data.
 */
async function clearTheWay(pgdata: string): Promise<void> {
  const orphan = lockFile(pgdata)?.pid;
  if (orphan !== undefined && isPostmasterOf(orphan, pgdata)) {
    process.kill(orphan, 'SIGINT');
    await until(
      () => startOf(orphan) === null,
      STOP_MS,
      () => {
        return `the PostgreSQL server ${orphan} of an earlier run on ${pgdata} does not stop`;
      },
    );
  }
  await until(
    () => processesIn(pgdata).length === 0,
    STOP_MS,
    () => {
      return `processes ${processesIn(pgdata).join(', ')} still work in ${pgdata}`;
    },
  );
  // PostgreSQL removes a dead owner's lock file itself, and atomically. It is in the way only when
  // its process id runs again as something else, or has ended and was not waited for.
  const left = lockFile(pgdata);
  if (left !== null && occupied(left.pid)) rmSync(join(pgdata, 'postmaster.pid'));
}

function occupied(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface LockFile {
  readonly pid: number;
  readonly status: string;
}

function lockFile(pgdata: string): LockFile | null {
  try {
    const lines = readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, status: lines[7]?.trim() ?? '' } : null;
  } catch {
    return null;
  }
}

async function ready(
  cluster: Cluster,
  child: ChildProcess,
  ended: Promise<void>,
  log: string,
): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  const words = () => readFileSync(log, 'utf8').trim().split('\n').slice(-5).join(' | ');
  try {
    await until(
      () => {
        if (over) throw new Error(`PostgreSQL did not start on ${cluster.pgdata}: ${words()}`);
        const lock = lockFile(cluster.pgdata);
        return lock?.pid === child.pid && lock?.status === 'ready';
      },
      START_MS,
      () => `PostgreSQL on ${cluster.pgdata} is not ready yet: ${words()}`,
    );
  } catch (error) {
    await stopped(child, ended);
    throw error;
  }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
}

/** Fast shutdown; a server that hangs in it is told to drop everything, which recovery then mends. */
async function stopped(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGINT');
  const patience = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
  await ended;
  clearTimeout(patience);
}

async function until(
  condition: () => boolean,
  milliseconds: number,
  complaint: () => string,
): Promise<void> {
  for (let waited = 0; !condition(); waited += POLL_MS) {
    if (waited > milliseconds) throw new Error(`${complaint()} after ${milliseconds / 1000} s`);
    await sleep(POLL_MS);
  }
}
