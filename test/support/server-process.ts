import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a server is run, and how it says that it is ready. */
export interface ServerCommand {
  readonly binary: string;
  /** The environment variable that names the binary, for the message when it cannot be run. */
  readonly variable: string;
  readonly port: number;
  readonly flags: readonly string[];
  /** Ours, and not another server that holds the port while ours fails to bind it. */
  readonly readyLine: string;
  readonly readyPath: string;
}

const READY_WITHIN_MS = 60_000;

/**
 * Starts a server on the port that is asked for, or on a free one: another process may take that
 * between our look and its use, then another is tried.
 */
export async function startOnFreePort(
  command: (port: number) => ServerCommand,
  asked?: number,
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const server = new ServerProcess(command(asked ?? (await freePort())));
    try {
      await server.start();
      return server;
    } catch (error) {
      const taken = String(error).includes('address already in use');
      if (asked !== undefined || attempt >= 3 || !taken) throw error;
    }
  }
}

/** A port that was free on the loopback address a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

/** One server on the loopback address that can be ended and started again. */
export class ServerProcess {
  readonly url: string;
  readonly port: number;
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private log = '';
  private failure: string | null = null;

  constructor(private readonly command: ServerCommand) {
    this.port = command.port;
    this.url = `http://127.0.0.1:${command.port}`;
  }

  pid(): number | null {
    return this.child?.pid ?? null;
  }

  async start(): Promise<void> {
    const { binary, flags, variable } = this.command;
    const child = spawn(binary, flags, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    this.log = '';
    this.failure = null;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.log = (this.log + text).slice(-4_000);
    });
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.failure = `cannot run ${binary}: ${error.message} (set ${variable})`;
        resolve();
      });
      child.once('close', (code, signal) => {
        this.failure ??= `${binary} ended (${code ?? signal ?? 'unknown'}): ${this.log}`;
        if (this.child === child) this.child = null;
        resolve();
      });
    });
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await this.ready())) {
      this.throwFailure();
      if (Date.now() > deadline) {
        await this.end('SIGKILL');
        throw new Error(`${binary} was not ready within ${READY_WITHIN_MS} ms: ${this.log}`);
      }
      await sleep(25);
    }
  }

  private async ready(): Promise<boolean> {
    if (!this.log.includes(this.command.readyLine)) return false;
    return fetch(`${this.url}${this.command.readyPath}`).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  private throwFailure(): void {
    if (this.failure !== null) throw new Error(this.failure);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.child?.kill(signal);
    await this.ended;
  }
}
