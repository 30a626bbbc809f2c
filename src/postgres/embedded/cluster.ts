import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { type Binaries, binariesFor } from './binaries';
import { type OsAccount, firstClosedDirectory, serverAccount, spawnAs } from './os-account';
import { lockOwner } from './owner-lock';

/** A database directory that this process owns, with what is needed to start a server on it. */
export interface Cluster {
  readonly account: OsAccount;
  readonly binaries: Binaries;
  readonly stateDir: string;
  readonly pgdata: string;
  readonly password: string;
  /** Gives the directory back to others. */
  readonly release: () => void;
}

/** Where data goes when root's DATA_DIR is closed to the user that the server runs as. */
const OPEN_STATE_ROOT = '/var/lib/slowburn';

/**
 * Opens the database directory under `dataDir`, making it at the first start.
 *
 * @throws DataDirectoryInUse while another process owns it
 */
export function openCluster(dataDir: string): Cluster {
  const account = serverAccount();
  const stateDir = stateDirectory(dataDir, account);
  const release = lockOwner(stateDir);
  try {
    const binaries = binariesFor(account, stateDir);
    const password = passwordOf(stateDir, account);
    const pgdata = join(stateDir, 'pgdata');
    if (!existsSync(pgdata)) initialise({ account, binaries, stateDir, pgdata });
    return { account, binaries, stateDir, pgdata, password, release };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * `dataDir`/postgres. Below a directory that only root may enter (a checkout in /root) that is a link
 * to a directory which the server's user can reach.
 */
function stateDirectory(dataDir: string, account: OsAccount): string {
  mkdirSync(dataDir, { recursive: true });
  const wanted = join(realpathSync(resolve(dataDir)), 'postgres');
  if (!existsSync(wanted)) {
    const closed = firstClosedDirectory(account, realpathSync(dataDir)) !== null;
    if (closed) symlinkSync(openDirectory(), wanted);
    else mkdirSync(wanted);
  }
  const stateDir = realpathSync(wanted);
  const closed = firstClosedDirectory(account, join(stateDir, '..'));
  if (closed !== null) {
    throw new Error(
      `PostgreSQL runs as user ${String(account.uid)}, who may not enter ${closed} on the way to ` +
        `${stateDir}: chmod o+x ${closed}, set DATA_DIR elsewhere, or set DATABASE_URL`,
    );
  }
  own(stateDir, account, 0o700);
  return stateDir;
}

function openDirectory(): string {
  const directory = join(OPEN_STATE_ROOT, randomBytes(6).toString('hex'));
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  chmodSync(OPEN_STATE_ROOT, 0o755);
  return directory;
}

function passwordOf(stateDir: string, account: OsAccount): string {
  const file = passwordFile(stateDir);
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
    own(file, account, 0o600);
  }
  return readFileSync(file, 'utf8').trim();
}

/** Into a directory of another name first: a kill in the middle leaves nothing that looks finished. */
function initialise(cluster: Omit<Cluster, 'password' | 'release'>): void {
  const { account, binaries, stateDir, pgdata } = cluster;
  const unfinished = `${pgdata}.init`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  own(unfinished, account, 0o700);
  const made = spawnSync(
    binaries.initdb,
    [
      '--pgdata',
      unfinished,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile(stateDir)}`,
      '--encoding=UTF8',
      // The binaries' ICU is old and the machine's locales are anybody's guess: sorting is our own.
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      // libc categories must exist on the machine; "C" always does.
      '--lc-collate=C',
      '--lc-ctype=C',
      '--lc-messages=C',
      '--lc-monetary=C',
      '--lc-numeric=C',
      '--lc-time=C',
      '--builtin-locale=C.UTF-8',
    ],
    { ...spawnAs(account), cwd: stateDir, env: serverEnvironment(), encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new Error(`PostgreSQL could not make its database in ${pgdata}: ${reasonOf(made)}`);
  }
  renameSync(unfinished, pgdata);
}

/** Nothing of ours: PGDATA, PGPORT or a locale of the caller would change what the server does. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function reasonOf(made: ReturnType<typeof spawnSync>): string {
  if (made.error !== undefined) return made.error.message;
  const said = String(made.stderr).trim();
  return said.includes('could not look up effective user ID')
    ? `${said} (this user id has no line in /etc/passwd: add one, or set DATABASE_URL)`
    : said;
}

function passwordFile(stateDir: string): string {
  return join(stateDir, 'password');
}

function own(path: string, account: OsAccount, mode: number): void {
  if (account.uid !== null && account.gid !== null) chownSync(path, account.uid, account.gid);
  chmodSync(path, mode);
}
