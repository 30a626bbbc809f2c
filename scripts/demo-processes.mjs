// The demo's children: started with their output in a log file, known by pid and start time, ended by pid.
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 20_000;
const SHOWN_LOG_LINES = 15;

/** A child that ended although it should have stayed; the message holds the end of its log. */
export class ChildEnded extends Error {
  name = 'ChildEnded';
}

export class Processes {
  #children = [];
  #record;
  #stopping = false;

  /** @param {string} record file that remembers who runs, for the start after a crash */
  constructor(record) {
    this.#record = record;
    this.#remember();
  }

  /**
   * Starts a command that stays. It leads its own process group, so that Ctrl-C reaches only the
   * demo, which then ends its children in order.
   */
  start({ name, command, args, env = process.env, cwd, log }) {
    if (this.#stopping) throw new Error(`${name} is not started: the demo is stopping`);
    mkdirSync(dirname(log), { recursive: true });
    const output = openSync(log, 'w');
    const child = spawn(command, args, {
      env,
      cwd,
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const started = { name, child, log, ended: null };
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
    });
    started.gone = ended.then((how) => {
      started.ended = how;
    });
    this.#children.push(started);
    this.#remember();
    return started;
  }

  /** Asks until there is an answer; a child that ended meanwhile will not give one. */
  async until(name, ask, seconds) {
    for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(150)) {
      this.mustRun();
      const answer = await ask();
      if (answer !== null) return answer;
    }
    throw new ChildEnded(`${name} was not ready after ${seconds} s${this.#logOf(name)}`);
  }

  /** @throws {ChildEnded} when one of the children is gone */
  mustRun() {
    const gone = this.#children.find(({ ended }) => ended !== null);
    if (this.#stopping) throw new Error('the demo is stopping');
    if (gone === undefined) return;
    throw new ChildEnded(`${gone.name} ${gone.ended}${this.#logOf(gone.name)}`);
  }

  /** Resolves when any child ends by itself. */
  anyGone() {
    return Promise.race(this.#children.map(({ gone }) => gone));
  }

  /** Ends the children, the last started first. */
  async stop() {
    this.#stopping = true;
    for (const { child, gone, ended } of this.#children.toReversed()) {
      if (ended !== null) continue;
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await gone;
      clearTimeout(limit);
    }
    this.#children = [];
    this.#remember();
  }

  #remember() {
    const own = [{ name: 'demo', pid: process.pid }];
    const children = this.#children.map(({ name, child }) => ({ name, pid: child.pid }));
    const known = [...own, ...children].map((entry) => ({ ...entry, since: startOf(entry.pid) }));
    mkdirSync(dirname(this.#record), { recursive: true });
    writeFileSync(this.#record, JSON.stringify(this.#stopping ? [] : known));
  }

  #logOf(name) {
    const log = this.#children.find((child) => child.name === name)?.log;
    if (log === undefined) return '';
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-SHOWN_LOG_LINES);
    return `; the end of ${log}:\n  ${lines.join('\n  ')}`;
  }
}

/**
 * Ends what a demo left behind that was killed before it could.
 *
 * @returns {Promise<boolean>} false when that demo itself is still running
 */
export async function endLeftovers(record) {
  const entries = readRecord(record).filter(({ pid, since }) => since && startOf(pid) === since);
  if (entries.some(({ name, pid }) => name === 'demo' && pid !== process.pid)) return false;
  for (const { name, pid, since } of entries.toReversed()) {
    console.log(`Ending ${name} (pid ${pid}), left behind by an earlier demo.`);
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; waited < GRACE_MS && startOf(pid) === since; waited += 100) {
      await sleep(100);
    }
  }
  return true;
}

function readRecord(record) {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch {
    return [];
  }
}

/** When a process began, in the kernel's ticks: a pid alone may be somebody else's by now. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? null : (fields[18] ?? null);
  } catch {
    return null;
  }
}
