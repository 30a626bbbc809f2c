import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { startOf } from './process-facts';

/** Somebody else is running on this data directory. */
export class DataDirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(
      `${directory} is in use by another Slowburn (process ${pid}): stop it, or set DATA_DIR to a ` +
        'directory of its own; several instances share a database by DATABASE_URL',
    );
    this.name = 'DataDirectoryInUse';
  }
}

/**
 * Makes this process the one owner of a state directory; without it a second instance would take
 * the first one's server for an orphan and stop it.
 *
 * The lock names process id and start time, so that one left behind by a killed process is
 * recognised even when the id runs again as something else.
 *
 * @returns gives the lock back
 * @throws DataDirectoryInUse while its owner lives
 */
export function lockOwner(stateDir: string): () => void {
  const lock = `${stateDir}/owner.lock`;
  const mine = `${process.pid} ${startOf(process.pid) ?? ''}`;
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    while (!linkedTo(draft, lock)) retireDeadOwner(stateDir, lock);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (read(lock) === mine) rmSync(lock, { force: true });
  };
}

function retireDeadOwner(stateDir: string, lock: string): void {
  const seen = read(lock);
  if (seen === null) return;
  refuseLiving(stateDir, seen);
  // Renaming before looking again: of two that saw the same dead owner only one gets this file, and
  // the slower one notices that it took a living lock and puts it back.
  const aside = `${lock}.${process.pid}.dead`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  const taken = read(aside);
  if (taken !== seen) linkedTo(aside, lock);
  rmSync(aside, { force: true });
}

function refuseLiving(stateDir: string, owner: string): void {
  const [pid, start] = owner.split(' ');
  if (start !== undefined && start !== '' && startOf(Number(pid)) === start) {
    throw new DataDirectoryInUse(stateDir, Number(pid));
  }
}

function linkedTo(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
