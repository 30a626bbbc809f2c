import { Backfiller } from '../../src/collection/backfiller';
import { Collector } from '../../src/collection/collector';
import type { DatasourceConfig } from '../../src/config/config';
import { DefinitionRegistry, type Definitions } from '../../src/definitions/registry';
import type { Slo } from '../../src/domain/slo';
import { between, type Point } from '../../src/domain/point';
import type { PointsByStream } from '../../src/ledger/ledger';
import type { Tally } from '../../src/domain/tally';
import { revisionOf } from '../../src/ledger/revision';
import type { Stream } from '../../src/ledger/stream';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresLeases } from '../../src/postgres/postgres-leases';
import { PostgresLedger } from '../../src/postgres/postgres-ledger';
import { PostgresWantedHistory } from '../../src/postgres/postgres-wanted-history';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from './datasource';

const RETENTION_SECONDS = 400 * 86_400;

/** The real parts from Prometheus to Postgres, ticked by hand at any instant. */
export class Collecting {
  readonly ledger: PostgresLedger;
  readonly wanted: PostgresWantedHistory;
  readonly registry: DefinitionRegistry;
  readonly collector: Collector;
  readonly backfiller: Backfiller;
  private readonly pool;

  constructor(
    databaseUrl: string,
    prometheusUrl: string,
    slos: readonly Slo[],
    scrapeIntervalSeconds: number,
    over: Partial<DatasourceConfig> = {},
  ) {
    this.pool = openPool(databaseUrl, () => undefined);
    const database = new Database(this.pool);
    const source = new PrometheusSeriesSource([
      datasource(prometheusUrl, { scrapeIntervalSeconds, ...over }),
    ]);
    this.ledger = new PostgresLedger(database, RETENTION_SECONDS);
    this.wanted = new PostgresWantedHistory(database);
    const leases = new PostgresLeases(database);
    const registry = new FixedRegistry(slos);
    this.collector = new Collector(registry, source, this.ledger, leases, {
      queryDelaySeconds: 30,
      leaseSeconds: 600,
      scrapeIntervalSeconds: () => scrapeIntervalSeconds,
    });
    this.backfiller = new Backfiller(
      this.collector,
      source,
      this.ledger,
      this.wanted,
      RETENTION_SECONDS,
    );
    this.registry = registry;
  }

  /** Ticks at an instant until it has caught up with everything that is due by then. */
  async tickAt(now: number): Promise<void> {
    let more = true;
    while (more) {
      more = await this.collector.tick(now);
      more = (await this.collector.finished()) || more;
    }
    const failing = this.collector.log.failing();
    if (failing.length > 0) throw new Error(JSON.stringify(failing));
  }

  async backfillAt(now: number): Promise<void> {
    while (await this.backfiller.round(now, () => false));
  }

  async streamsOf(slo: Slo): Promise<readonly Stream[]> {
    const streams = await this.ledger.streams([revisionOf(slo)]);
    return streams.filter(({ service, name }) => service === slo.service && name === slo.name);
  }

  /** Events of (from, to] of an SLO without groups. */
  async events(slo: Slo, from: number, to: number): Promise<Tally> {
    const [stream] = await this.streamsOf(slo);
    if (stream === undefined) throw new Error(`${slo.name} has no stream`);
    const [a, b] = await this.ledger.pointsAt([stream], [from, to]);
    return between(point(a, stream), point(b, stream), stream);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

function point(points: PointsByStream | undefined, stream: Stream): Point {
  const found = points?.get(stream.id);
  if (found === undefined) throw new Error('no point');
  return found;
}

class FixedRegistry extends DefinitionRegistry {
  constructor(private readonly slos: readonly Slo[]) {
    super();
  }

  current(): Definitions {
    const place = { file: 'test', line: 1, column: 1 };
    return { defined: this.slos.map((slo) => ({ slo, place, stale: false })), problems: [] };
  }

  onChange(): () => void {
    return () => undefined;
  }
}
