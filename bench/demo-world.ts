import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBlocks } from '../examples/simulator/blocks';
import { Fleet } from '../examples/simulator/fleet';
import { SAMPLE_SECONDS } from '../examples/simulator/history';
import { SYSTEMS } from '../examples/simulator/systems/all';
import { type PostgresServer, startPostgres } from '../test/support/postgres';
import {
  promtoolBinary,
  type RunningPrometheus,
  startPrometheus,
} from '../test/support/prometheus';

const ROOT = join(__dirname, '..', '..');
const HOUR = 3_600;
/** The demo's thirty days and what the clock is moved on by, with room before the first step. */
const HISTORY_SECONDS = 30 * 24 * HOUR + 8 * HOUR;

/** The demo's data in a real Prometheus, and an empty real PostgreSQL. */
export interface DemoWorld {
  readonly prometheus: RunningPrometheus;
  readonly postgres: PostgresServer;
  /** Epoch seconds of the newest sample. */
  readonly end: number;
  /** What the service is started with, but for its database. */
  readonly env: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/** @param seed the same seed makes the same fleet; the history ends now */
export async function startDemoWorld(seed: string): Promise<DemoWorld> {
  const home = await mkdtemp(join(tmpdir(), 'slowburn-bench-'));
  await chmod(home, 0o755);
  const directory = join(home, 'prometheus');
  await mkdir(directory);
  const end = Math.floor(Date.now() / 1000 / SAMPLE_SECONDS) * SAMPLE_SECONDS;
  const from = end - HISTORY_SECONDS;
  const fleet = new Fleet(SYSTEMS, seed, end, from);
  await writeBlocks({ fleet, from, to: () => end, promtool: promtoolBinary(), directory });
  const [prometheus, postgres] = await Promise.all([
    startPrometheus({ dataDir: directory }),
    startPostgres(),
  ]);
  return {
    prometheus,
    postgres,
    end,
    env: {
      SLO_DIR: join(ROOT, 'examples'),
      PROMETHEUS_URL: prometheus.url,
      // The history holds a sample a minute.
      SCRAPE_INTERVAL: '60s',
      LOG_LEVEL: 'info',
    },
    dispose: async () => {
      await prometheus.dispose();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
