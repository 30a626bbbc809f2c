import { spawn } from 'node:child_process';

const GRACE_MILLISECONDS = 10_000;

/**
 * Runs one command to its end or its time limit. The command leads a process group of its own, so
 * that whatever it started ends with it, whether it hangs or the person at the terminal gives up.
 *
 * @param {{ name: string, command: string, args: string[], env?: Record<string, string>, minutes: number }} step
 * @returns {Promise<{ ok: boolean, seconds: number, reason: string | null }>}
 */
export function runStep({ name, command, args, env = {}, minutes }) {
  return new Promise((done) => {
    console.log(`\n== ${name}: ${[command, ...args].join(' ')}`);
    const started = process.hrtime.bigint();
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });

    let reason = null;
    let lastResort;
    const end = (why) => {
      reason ??= why;
      signalGroup(child, 'SIGTERM');
      lastResort = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MILLISECONDS);
    };
    const limit = setTimeout(() => end(`not done after ${minutes} minutes`), minutes * 60_000);
    const interrupted = (signal) => {
      end(`ended by ${signal}`);
      process.exitCode = 130;
    };
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted);

    let over = false;
    const finish = (ok, why) => {
      if (over) return;
      over = true;
      clearTimeout(limit);
      clearTimeout(lastResort);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      // Whatever outlived its parent in the group is a leak of the step, not of this machine.
      signalGroup(child, 'SIGKILL');
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      done({ ok: ok && reason === null, seconds, reason: reason ?? why });
    };
    child.on('error', (error) => finish(false, error.message));
    child.on('exit', (code, signal) => {
      finish(code === 0, code === 0 ? null : signal ? `ended by ${signal}` : `exit code ${code}`);
    });
  });
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
