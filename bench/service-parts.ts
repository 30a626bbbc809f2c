import { readFileSync } from 'node:fs';
import { lookingAhead } from '../src/after-tick';
import { Alerting, LoggedFiring } from '../src/alerting/alerting';
import { Backfiller } from '../src/collection/backfiller';
import type { Clock } from '../src/collection/clock';
import { Collector } from '../src/collection/collector';
import { LedgerMonitor } from '../src/collection/monitor';
import type { Config } from '../src/config/config';
import { loadConfig } from '../src/config/load-config';
import { FileRegistry } from '../src/definitions/file-registry';
import { Board } from '../src/evaluation/board';
import { CompositeBook } from '../src/evaluation/composite-book';
import { CompositeLedger } from '../src/evaluation/composite-ledger';
import { Evaluator } from '../src/evaluation/evaluator';
import { MetricsPage } from '../src/metrics/metrics-page';
import { dataSource } from '../src/postgres/data-source';
import { openPool } from '../src/postgres/pool';
import { PostgresAlertLog } from '../src/postgres/postgres-alert-log';
import { PostgresDefinitionHistory } from '../src/postgres/postgres-definition-history';
import { PostgresExclusions } from '../src/postgres/postgres-exclusions';
import { PostgresLeases } from '../src/postgres/postgres-leases';
import { PostgresLedger } from '../src/postgres/postgres-ledger';
import { PostgresWantedHistory } from '../src/postgres/postgres-wanted-history';
import { PrometheusSeriesSource } from '../src/prometheus/prometheus-series-source';
import { RecordingSource } from './recording-source';
import { TimedDatabase } from './timed-database';

/** The service's own objects without its loop and its HTTP, so that each part can be timed alone. */
export interface ServiceParts {
  readonly config: Config;
  readonly registry: FileRegistry;
  readonly collector: Collector;
  readonly backfiller: Backfiller;
  readonly evaluator: Evaluator;
  readonly alerting: Alerting;
  readonly page: MetricsPage;
  readonly board: Board;
  readonly ledger: PostgresLedger;
  readonly asked: RecordingSource;
  readonly database: TimedDatabase;
  close(): Promise<void>;
}

export interface PartsAsked {
  /** As the service would be started; holds `DATABASE_URL`. */
  readonly env: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  readonly clock: Clock;
}

/** Plugs the parts together as the application does. */
export async function serviceParts({ env, databaseUrl, clock }: PartsAsked): Promise<ServiceParts> {
  const { config } = loadConfig(env, (path) => readFileSync(path, 'utf8'));
  const pool = openPool(databaseUrl, () => undefined);
  const database = new TimedDatabase(pool);
  const tables = await dataSource(databaseUrl).initialize();
  const registry = new FileRegistry({
    directory: config.sloDir,
    datasources: config.datasources.map(({ name }) => name),
  });
  await registry.start();
  const prometheus = new PrometheusSeriesSource(config.datasources);
  const asked = new RecordingSource(prometheus);
  const ledger = new PostgresLedger(database, config.historyRetentionSeconds);
  const definitions = new PostgresDefinitionHistory(tables);
  const composites = new CompositeBook(registry, { find: () => Promise.resolve(null) });
  const board = new Board();
  const alerts = new PostgresAlertLog(database);
  const scrapeInterval = config.datasources[0]?.scrapeIntervalSeconds ?? 15;
  const evaluator = new Evaluator(
    new CompositeLedger(ledger, composites, definitions),
    board,
    () => performance.now() / 1000,
    definitions,
    new LoggedFiring(alerts),
    new PostgresExclusions(database, () => clock.now()),
  );
  const collector = new Collector(registry, asked, ledger, new PostgresLeases(database), {
    queryDelaySeconds: config.queryDelaySeconds,
    leaseSeconds: 2 * config.evaluationIntervalSeconds,
    scrapeIntervalSeconds: () => scrapeInterval,
    meanwhile: (dueEnd) => lookingAhead(evaluator, registry, dueEnd),
  });
  const backfiller = new Backfiller(
    collector,
    asked,
    ledger,
    new PostgresWantedHistory(database),
    config.historyRetentionSeconds,
  );
  const monitor = new LedgerMonitor(
    registry,
    ledger,
    () => board.current(),
    asked,
    collector,
    backfiller,
    clock,
  );
  const settings = {
    labels: config.metricLabels,
    compatibility: [],
    version: 'bench',
    deliveries: () => [],
    reportDeliveries: () => [],
  };
  return {
    config,
    registry,
    collector,
    backfiller,
    evaluator,
    alerting: new Alerting(board, alerts, config),
    page: new MetricsPage(board, monitor, registry, settings),
    board,
    ledger,
    asked,
    database,
    close: async () => {
      await collector.release();
      await registry.stop();
      prometheus.close();
      await tables.destroy();
      await pool.end();
    },
  };
}
