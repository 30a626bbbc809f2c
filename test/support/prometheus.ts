import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PrometheusOptions {
  /** Kept when it is given; otherwise a directory of its own that `dispose` removes. */
  readonly dataDir?: string;
  /** Text of the configuration file; without it nothing is scraped. */
  readonly config?: string;
  readonly retention?: string;
  readonly port?: number;
  /** Further flags, such as `--query.max-samples=1000`. */
  readonly flags?: readonly string[];
}

export interface RunningPrometheus {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: () => number | null;
  /** SIGTERM; the data stay for `restart`. */
  stop(): Promise<void>;
  /** SIGKILL; the data stay for `restart`. */
  kill(): Promise<void>;
  /** Ends it if it runs, and starts it on the same port and data. */
  restart(): Promise<void>;
  /** Replaces the configuration file and has it read, without a restart. */
  reload(config: string): Promise<void>;
  /** Stops it and removes what it left on the disk, unless `dataDir` was given. */
  dispose(): Promise<void>;
}

const NOTHING_SCRAPED = 'global: { scrape_interval: 15s }\nscrape_configs: []\n';
const READY_WITHIN_MS = 60_000;

/** A real Prometheus on the loopback address: `PROMETHEUS_BIN`, or the one on the PATH. */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<RunningPrometheus> {
  const home = await mkdtemp(join(tmpdir(), 'slowburn-prometheus-'));
  const dataDir = options.dataDir ?? join(home, 'data');
  await mkdir(dataDir, { recursive: true });
  const configFile = join(home, 'prometheus.yml');
  await writeFile(configFile, options.config ?? NOTHING_SCRAPED);

  // Another process may take a free port between our look and its use: then another is tried.
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const server = new Server(port, [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${dataDir}`,
      // The default of 15 days deletes backfilled blocks within seconds.
      `--storage.tsdb.retention.time=${options.retention ?? '400d'}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-remote-write-receiver',
      '--web.enable-lifecycle',
      ...(options.flags ?? []),
    ]);
    try {
      await server.start();
    } catch (error) {
      if (
        options.port === undefined &&
        attempt < 3 &&
        String(error).includes('address already in use')
      )
        continue;
      await rm(home, { recursive: true, force: true });
      throw error;
    }
    return {
      url: server.url,
      port,
      dataDir,
      pid: () => server.pid(),
      stop: () => server.end('SIGTERM'),
      kill: () => server.end('SIGKILL'),
      restart: async () => {
        await server.end('SIGTERM');
        await server.start();
      },
      reload: async (config) => {
        await writeFile(configFile, config);
        const answer = await fetch(`${server.url}/-/reload`, { method: 'POST' });
        if (!answer.ok) throw new Error(`reload refused: ${await answer.text()}`);
      },
      dispose: async () => {
        await server.end('SIGTERM');
        await rm(home, { recursive: true, force: true });
      },
    };
  }
}

/** The promtool that belongs to the Prometheus in use. */
export function promtoolBinary(): string {
  const prometheus = process.env['PROMETHEUS_BIN'];
  const beside = prometheus === undefined ? null : join(dirname(prometheus), 'promtool');
  return beside !== null && existsSync(beside) ? beside : 'promtool';
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

class Server {
  readonly url: string;
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private log = '';
  private failure: string | null = null;

  constructor(
    port: number,
    private readonly flags: readonly string[],
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  pid(): number | null {
    return this.child?.pid ?? null;
  }

  async start(): Promise<void> {
    const binary = process.env['PROMETHEUS_BIN'] ?? 'prometheus';
    const child = spawn(binary, this.flags, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    this.log = '';
    this.failure = null;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.log = (this.log + text).slice(-4_000);
    });
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.failure = `cannot run ${binary}: ${error.message} (set PROMETHEUS_BIN)`;
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

  /** Ready, and ours: another server may hold the port while ours fails to bind it. */
  private async ready(): Promise<boolean> {
    if (!this.log.includes('Server is ready to receive web requests')) return false;
    return fetch(`${this.url}/-/ready`).then(
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
