import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The operating-system user the server runs as; null ids: the one we already are. */
export interface OsAccount {
  readonly uid: number | null;
  readonly gid: number | null;
}

/**
 * PostgreSQL refuses to run as root, so root hands over to `postgres`, made on the spot where it is
 * missing, or to `nobody` where users cannot be made.
 *
 * @throws Error when not even `nobody` exists
 */
export function serverAccount(): OsAccount {
  if (process.getuid?.() !== 0) return { uid: null, gid: null };
  const found = lookUp('postgres') ?? created('postgres') ?? lookUp('nobody');
  if (found === null) {
    throw new Error(
      'PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody" to run ' +
        'it as: start Slowburn as an unprivileged user, or set DATABASE_URL',
    );
  }
  return found;
}

/** What `spawn` needs to become that user; an empty object when we are it. */
export function spawnAs(account: OsAccount): { readonly uid?: number; readonly gid?: number } {
  if (account.uid === null || account.gid === null) return {};
  return { uid: account.uid, gid: account.gid };
}

/** The first directory on the way to `path` that the account may not enter; null when all are open. */
export function firstClosedDirectory(account: OsAccount, path: string): string | null {
  if (account.uid === null) return null;
  const parent = dirname(resolve(path));
  const closedAbove = parent === path ? null : firstClosedDirectory(account, parent);
  if (closedAbove !== null) return closedAbove;
  const { mode, uid, gid } = statSync(path);
  const execute = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  return (mode & execute) === 0 ? path : null;
}

function lookUp(name: string): OsAccount | null {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

function created(name: string): OsAccount | null {
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--user-group', name], {
      stdio: 'ignore',
    });
  } catch {
    return null;
  }
  return lookUp(name);
}
