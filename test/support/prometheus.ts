import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startOnFreePort } from './server-process';

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

/** A real Prometheus on the loopback address: `PROMETHEUS_BIN`, or the one on the PATH. */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<RunningPrometheus> {
  const home = await mkdtemp(join(tmpdir(), 'slowburn-prometheus-'));
  const dataDir = options.dataDir ?? join(home, 'data');
  await mkdir(dataDir, { recursive: true });
  const configFile = join(home, 'prometheus.yml');
  await writeFile(configFile, options.config ?? NOTHING_SCRAPED);

  const dropHome = () => rm(home, { recursive: true, force: true });
  const server = await startOnFreePort(
    (port) => ({
      binary: process.env['PROMETHEUS_BIN'] ?? 'prometheus',
      variable: 'PROMETHEUS_BIN',
      port,
      flags: [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${dataDir}`,
        // The default of 15 days deletes backfilled blocks within seconds.
        `--storage.tsdb.retention.time=${options.retention ?? '400d'}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.enable-remote-write-receiver',
        '--web.enable-lifecycle',
        ...(options.flags ?? []),
      ],
      readyLine: 'Server is ready to receive web requests',
      readyPath: '/-/ready',
    }),
    options.port,
  ).catch(async (error: unknown) => {
    await dropHome();
    throw error;
  });
  return {
    url: server.url,
    port: server.port,
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
      await dropHome();
    },
  };
}

/** `PROMTOOL_BIN`, or the promtool that belongs to the Prometheus in use. */
export function promtoolBinary(): string {
  const named = process.env['PROMTOOL_BIN'];
  if (named !== undefined) return named;
  const prometheus = process.env['PROMETHEUS_BIN'];
  const beside = prometheus === undefined ? null : join(dirname(prometheus), 'promtool');
  return beside !== null && existsSync(beside) ? beside : 'promtool';
}
