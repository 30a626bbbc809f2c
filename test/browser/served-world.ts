import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrometheusWithHistory } from '../support/history';
import type { MetricFamily } from '../support/openmetrics';
import { freshDatabase, startPostgres } from '../support/postgres';
import { type RunningService, startService } from '../support/service';
import { eventually } from '../support/service-ledger';

export const DAY = 86_400;
export const HOUR = 3_600;
export const SCRAPE = 60;

/** What is still to come: to the service it comes as time goes by, however long it takes to start. */
const COMING = HOUR / 2;

export const ADMIN_TOKEN = 'an-admin-token-of-thirty-two-characters';

/** The built service on real servers, with history behind it and an outage that goes on. */
export interface ServedWorld {
  readonly service: RunningService;
  /** The same ledger behind another service that asks for tokens. */
  guarded(): Promise<RunningService>;
  dispose(): Promise<void>;
}

/** What has to be known of a row of the list to tell whether its history is there. */
export interface ListedRow {
  readonly slo: string;
  readonly window: { readonly duration: string };
  readonly coverage: { readonly ratio: number };
}

interface Served {
  /** Definitions, as YAML. */
  readonly slos: string;
  /** Samples up to an instant that is still to come. */
  readonly history: (until: number) => Iterable<MetricFamily>;
  readonly isRead: (rows: readonly ListedRow[]) => boolean;
}

/** The last scrape before now, epoch seconds. */
export function lastScrape(): number {
  return Math.floor(Date.now() / 1000 / SCRAPE) * SCRAPE;
}

/** @returns once history is read and the outage pages */
export async function serveWorld({ slos, history, isRead }: Served): Promise<ServedWorld> {
  const home = await mkdtemp(join(tmpdir(), 'slowburn-browser-'));
  const [postgres, prometheus] = await Promise.all([
    startPostgres(),
    startPrometheusWithHistory(history(lastScrape() + COMING)),
    writeFile(join(home, 'slos.yaml'), slos),
  ]);
  const env = {
    DATABASE_URL: await freshDatabase(postgres),
    PROMETHEUS_URL: prometheus.url,
    SCRAPE_INTERVAL: `${SCRAPE}s`,
    SLO_DIR: home,
    QUERY_DELAY: '1s',
  };
  const services: RunningService[] = [];
  const dispose = async () => {
    await Promise.all(services.map((service) => service.stop()));
    await prometheus.dispose();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  };
  const start = async (more: Readonly<Record<string, string>> = {}) => {
    const service = await startService({ env: { ...env, ...more } });
    services.push(service);
    return service;
  };
  try {
    const service = await start();
    await eventually(
      'history is read',
      async () => (await service.json<{ items: readonly ListedRow[] }>('/api/v1/slos')).items,
      isRead,
    );
    await eventually(
      'the outage pages',
      async () => (await service.json<{ items: readonly unknown[] }>('/api/v1/alerts')).items,
      (alerts) => alerts.length > 0,
    );
    return { service, guarded: () => start({ AUTH: 'token', ADMIN_TOKEN }), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
