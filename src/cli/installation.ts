import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config/config';
import { listDefinitionFiles } from '../definitions/definition-files';
import type { Severity } from '../doctor/finding';
import { dataSource } from '../postgres/data-source';

/** What is wrong with the installation, in the form of the service's own findings. */
export interface InstallationFinding {
  readonly check:
    | 'configuration'
    | 'definitions-directory'
    | 'database-unreachable'
    | 'database-clock-skew'
    | 'schema-behind'
    | 'data-directory'
    | 'port-taken'
    | 'service-unreachable';
  readonly severity: Severity;
  readonly value: string;
  readonly allowed: string;
  readonly action: string;
}

const MOST_SKEW_SECONDS = 2;
const ANSWERS_WITHIN_MS = 5_000;

/** Looks at what the service needs on this machine; changes nothing. */
export async function checkInstallation(config: Config): Promise<readonly InstallationFinding[]> {
  const found = await Promise.all([
    checkDefinitions(config.sloDir),
    config.databaseUrl === null
      ? checkDataDirectory(config.dataDir)
      : checkDatabase(config.databaseUrl),
    checkPort(config),
  ]);
  return found.flat();
}

async function checkDefinitions(directory: string): Promise<readonly InstallationFinding[]> {
  const { files, unreadable } = await listDefinitionFiles(directory);
  if (unreadable.length === 0 && files.length > 0) return [];
  const check = 'definitions-directory';
  if (unreadable.length === 0) {
    const value = `SLO_DIR is ${directory}, which holds no .yaml, .yml or .json file`;
    const action = 'put definitions there, unless all are made over the API';
    return [{ check, severity: 'info', value, allowed: '', action }];
  }
  return unreadable.map(({ path, reason }) => ({
    check,
    severity: 'error',
    value: `SLO_DIR is ${directory}, of which ${path} cannot be read: ${reason}`,
    allowed: 'a directory, and files in it, that this user may read',
    action: 'create it or correct its permissions, or set SLO_DIR',
  }));
}

/** Connects as the service does; compares what has run with what this version brings. */
async function checkDatabase(url: string): Promise<readonly InstallationFinding[]> {
  const source = dataSource(url);
  source.setOptions({ extra: { connectionTimeoutMillis: ANSWERS_WITHIN_MS } });
  try {
    await source.initialize();
    const asked = Date.now() / 1000;
    const [row] = await source.query<readonly { readonly at: string; readonly ready: boolean }[]>(
      `select extract(epoch from clock_timestamp())::text as at, to_regclass('migrations') is not null as ready`,
    );
    const answered = Date.now() / 1000;
    const ran =
      row?.ready === true
        ? await source.query<readonly { readonly name: string }[]>('select name from migrations')
        : [];
    return [...clockSkew(Number(row?.at), asked, answered), ...behind(source, ran)];
  } catch (error) {
    // The driver's message names host and reason, never the password; of several addresses it is empty.
    const message = error instanceof Error ? error.message : '';
    const reason = message === '' ? codeOf(error) : message;
    return [
      {
        check: 'database-unreachable',
        severity: 'error',
        value: `the database of DATABASE_URL does not answer: ${reason}`,
        allowed: 'postgres://user:password@host:5432/database of a PostgreSQL 14 or newer',
        action: 'check that it runs, and host, port, user and password',
      },
    ];
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

/** @param at what its clock said between our `asked` and `answered`, epoch seconds */
function clockSkew(at: number, asked: number, answered: number): readonly InstallationFinding[] {
  const skew = at < asked ? at - asked : Math.max(0, at - answered);
  if (Math.abs(skew) <= MOST_SKEW_SECONDS) return [];
  const direction = skew > 0 ? 'ahead of' : 'behind';
  return [
    {
      check: 'database-clock-skew',
      severity: 'warning',
      value: `the clock of the database is ${Math.abs(skew).toFixed(1)} s ${direction} ours`,
      allowed: `up to ${MOST_SKEW_SECONDS} s`,
      action: 'let both machines keep time by NTP',
    },
  ];
}

function behind(
  { migrations }: ReturnType<typeof dataSource>,
  ran: readonly { readonly name: string }[],
): readonly InstallationFinding[] {
  const names = new Set(ran.map(({ name }) => name));
  const missing = migrations
    .map((migration) => migration.name ?? migration.constructor.name)
    .filter((name) => !names.has(name));
  if (missing.length === 0) return [];
  return [
    {
      check: 'schema-behind',
      severity: 'warning',
      value: `the schema of DATABASE_URL lacks ${missing.join(', ')}`,
      allowed: 'all migrations of this version',
      action: 'run slowburn migrate, or start the service, which does the same',
    },
  ];
}

/** The embedded database is made in it, together with the directories above. */
async function checkDataDirectory(directory: string): Promise<readonly InstallationFinding[]> {
  for (let path = resolve(directory); ; path = dirname(path)) {
    try {
      await access(path, constants.W_OK | constants.X_OK);
      return [];
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT' && dirname(path) !== path) continue;
      return [
        {
          check: 'data-directory',
          severity: 'error',
          value: `DATA_DIR is ${directory} (${code} at ${path})`,
          allowed: 'a directory that this user may write to',
          action: 'correct its permissions, or set DATABASE_URL for a database elsewhere',
        },
      ];
    }
  }
}

/** Whoever listens there is asked whether it is a Slowburn. */
async function checkPort({ host, port }: Config): Promise<readonly InstallationFinding[]> {
  if (port === 0 || (await isOurs(host, port))) return [];
  const code = await bindingFails(host, port);
  if (code === null) return [];
  return [
    {
      check: 'port-taken',
      severity: 'error',
      value: `PORT is ${port} on HOST ${host}, which cannot be had: ${code}`,
      allowed: 'a free port of an address of this machine',
      action: 'stop whatever listens there, or set PORT or HOST',
    },
  ];
}

async function isOurs(host: string, port: number): Promise<boolean> {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host;
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const answer = await fetch(`http://${address}:${port}/health`, { signal });
    const body: unknown = await answer.json();
    return typeof body === 'object' && body !== null && 'status' in body && 'timestamp' in body;
  } catch {
    return false;
  }
}

/** @returns why not, or null when it can be listened on */
function bindingFails(host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error) => {
      done('code' in error ? String(error.code) : error.message);
    });
    probe.listen(port, host, () => {
      probe.close(() => {
        done(null);
      });
    });
  });
}

/** `ENOENT`, `ECONNREFUSED`; whatever it is, where there is no code. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : String(error);
}
