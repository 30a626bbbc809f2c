import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { TimeLine } from './accelerated-clock';

/** The benchmark runs this compiled, one folder deeper. */
const COMPILED = __dirname.includes(`${sep}.build${sep}`);
const ROOT = join(__dirname, '..', '..', COMPILED ? '..' : '');
/** What `npm run build` makes: the service as it is delivered. */
const DELIVERED = join(ROOT, 'dist', 'src', 'main.js');
/** What `npm run types` makes: the same service on a clock of the test's. */
const ACCELERATED = join(ROOT, '.build', 'test', 'support', 'accelerated-service.js');

const LISTENS_WITHIN_MS = 60_000;
/** Orchestrators kill after 30 s; a source that hangs must not use that up. */
const ENDS_WITHIN_MS = 20_000;

export interface ServiceOptions {
  /** Over a free port of the loopback address; nothing else of this process' environment is seen. */
  readonly env: Readonly<Record<string, string>>;
  /** Without it, the service as delivered, on the machine's clock. */
  readonly timeLine?: TimeLine;
}

export interface RunningService {
  readonly url: string;
  readonly pid: number;
  /** What was logged so far. */
  log(): readonly LogLine[];
  /** Whatever else was written: a crash, a warning of Node's. */
  stderr(): string;
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  json<T>(path: string): Promise<T>;
  /** Sets the clock of an accelerated service. */
  follow(line: TimeLine): Promise<void>;
}

export type LogLine = Readonly<Record<string, unknown>> & { readonly message: string };

/** A service in a process of its own, once it listens. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const running = new ServiceProcess(options);
  const url = await running.listening();
  const get: RunningService['get'] = (path, headers = {}) =>
    fetch(url + path, { headers }).catch((error: unknown) => {
      throw new Error(`${path} has no answer; ${running.state()}`, { cause: error });
    });
  return {
    url,
    pid: running.pid,
    log: () => running.lines,
    stderr: () => running.stderr,
    stop: () => running.end('SIGTERM'),
    kill: async () => {
      await running.end('SIGKILL');
    },
    get,
    json: async (path) => {
      const answer = await get(path);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as never;
    },
    follow: (line) => running.follow(line),
  };
}

/** Runs the delivered service, or a file beside it, until it ends. */
export async function runDelivered(
  env: Readonly<Record<string, string>>,
  file = 'main.js',
  args: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [join(DELIVERED, '..', file), ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: ENDS_WITHIN_MS,
  });
  const [stdout, stderr] = [collected(child.stdout), collected(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout.text, stderr: stderr.text };
}

class ServiceProcess {
  readonly lines: LogLine[] = [];
  stderr = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;
  private rest = '';

  constructor({ env, timeLine }: ServiceOptions) {
    const file = timeLine === undefined ? DELIVERED : ACCELERATED;
    if (!existsSync(file)) throw new Error(`${file} is missing: npm run build && npm run types`);
    this.child = spawn(process.execPath, ['--enable-source-maps', file], {
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        ...env,
        ...(timeLine === undefined ? {} : { TIME_LINE: JSON.stringify(timeLine) }),
      },
      stdio: ['ignore', 'pipe', 'pipe', ...(timeLine === undefined ? [] : ['ipc' as const])],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.take(text);
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code) => {
        resolve(code);
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** @returns its address */
  async listening(): Promise<string> {
    const deadline = Date.now() + LISTENS_WITHIN_MS;
    const gone = this.ended.then((code) => {
      throw new Error(`the service ended (${String(code)}): ${this.told()}`);
    });
    gone.catch(() => undefined);
    for (;;) {
      const address = this.lines
        .map(({ message }) => /^listening on (\S+)$/.exec(message)?.[1])
        .find((found) => found !== undefined);
      if (address !== undefined) return address;
      if (Date.now() > deadline) {
        await this.end('SIGKILL');
        throw new Error(`the service does not listen: ${this.told()}`);
      }
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), gone]);
    }
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    this.child.kill(signal);
    const late = new Error(`${signal} did not end the service within ${ENDS_WITHIN_MS} ms`);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.child.kill('SIGKILL');
        reject(late);
      }, ENDS_WITHIN_MS);
    });
    try {
      return await Promise.race([this.ended, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  async follow(line: TimeLine): Promise<void> {
    const followed = once(this.child, 'message');
    this.child.send(line);
    await followed;
  }

  /** Whether it runs, and its last words. */
  state(): string {
    const { exitCode, signalCode } = this.child;
    const ended = exitCode ?? signalCode;
    return `${ended === null ? 'it runs' : `it ended (${ended})`}: ${this.told()}`;
  }

  private take(text: string): void {
    const parts = (this.rest + text).split('\n');
    this.rest = parts.pop() ?? '';
    for (const part of parts) this.lines.push(asLine(part));
  }

  private told(): string {
    return [...this.lines.slice(-20).map((line) => JSON.stringify(line)), this.stderr].join('\n');
  }
}

function asLine(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    // A line that is not JSON is a finding of the tests that look for it, not of this reader.
    return { message: text };
  }
}

function collected(stream: NodeJS.ReadableStream): { text: string } {
  const into = { text: '' };
  stream.setEncoding('utf8').on('data', (text: string) => (into.text += text));
  return into;
}
