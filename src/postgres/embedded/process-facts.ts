import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/**
 * Which run of a process id this is: pids are used again, start times with them are not.
 *
 * @returns null when no such process runs (a zombie has ended)
 */
export function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return startByPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold spaces and brackets: fields count from behind the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    return state === 'Z' || state === 'X' || startTicks === undefined ? null : startTicks;
  } catch {
    return null;
  }
}

/** Processes that work in a directory: a postmaster and its children all sit in their data directory. */
export function processesIn(directory: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === directory && startOf(pid) !== null);
}

/** Whether a process is the postmaster of a data directory, proven and not guessed. */
export function isPostmasterOf(pid: number, pgdata: string): boolean {
  if (startOf(pid) === null) return false;
  if (process.platform !== 'linux') return commandByPs(pid).includes(`-D ${pgdata}`);
  return workingDirectory(pid) === pgdata;
}

function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function startByPs(pid: number): string | null {
  return ps(pid, 'lstart=') || null;
}

function commandByPs(pid: number): string {
  return ps(pid, 'command=');
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', column], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .toString()
      .trim();
  } catch {
    return '';
  }
}
