import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const DEMO = join(ROOT, 'scripts', 'demo.mjs');
/** What it says once everything is counted and reported. */
const READY = 'Ctrl-C stops everything';
const SERVICE = /the service is up at (http:\S+)/;

/** `npm run demo` as somebody starts it, with everything it keeps in a folder that goes with it. */
export interface DemoProcess {
  /** Of the dashboard. */
  readonly url: string;
  /** Ctrl-C. Resolves once all that it started has ended. */
  stop(): Promise<void>;
}

/** Takes minutes: two months of history are made, and counted. */
export async function startDemo(): Promise<DemoProcess> {
  const home = await mkdtemp(join(tmpdir(), 'slowburn-demo-'));
  const child = spawn(process.execPath, [DEMO, '--data', home], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  try {
    return { url: await readyUrl(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Resolves when the demo says that it is ready; shows what it says until then. */
function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (text: string) => {
      said += text;
      process.stderr.write(text);
      const url = SERVICE.exec(said)?.[1];
      if (url !== undefined && said.includes(READY)) resolve(url);
    };
    child.stdout?.setEncoding('utf8').on('data', listen);
    child.stderr?.setEncoding('utf8').on('data', listen);
    child.once('error', reject).once('close', () => {
      reject(new Error(`the demo ended before it was ready:\n${said.slice(-4_000)}`));
    });
  });
}
