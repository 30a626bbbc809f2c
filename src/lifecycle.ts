import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { TickLoop } from './collection/tick-loop';
import type { ComposedRegistry } from './definitions/composed-registry';
import type { FileRegistry } from './definitions/file-registry';
import type { KeptInForce } from './definitions/kept-in-force';
import { sloId } from './domain/slo';
import { migrate } from './postgres/migrate';
import type { PrometheusSeriesSource } from './prometheus/prometheus-series-source';

const MIGRATE_AGAIN_MS = 2_000;
/** At a stop, how long a source may still answer; a step that is cut is left to the next start. */
const FINISH_WITHIN_MS = 3_000;

/** Starts collecting once the schema is up to date, and stops before the database is let go. */
export class Lifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('slowburn');
  private readonly stopping = new AbortController();
  private starting: Promise<void> = Promise.resolve();

  constructor(
    private readonly sloDir: string,
    private readonly files: FileRegistry,
    private readonly registry: ComposedRegistry,
    private readonly loop: TickLoop,
    private readonly pool: Pool,
    private readonly source: PrometheusSeriesSource,
    private readonly tables: DataSource,
    private readonly kept: KeptInForce,
  ) {}

  /**
   * Waits for the definitions, without which every SLO would be unknown, but not for the database: a
   * service that cannot reach it still answers and says so.
   */
  async onApplicationBootstrap(): Promise<void> {
    await this.files.start();
    this.starting = this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.starting;
    const cut = setTimeout(() => {
      this.source.close();
    }, FINISH_WITHIN_MS);
    await this.loop.stop();
    clearTimeout(cut);
    await this.registry.stop();
    await this.files.stop();
    this.source.close();
    if (this.tables.isInitialized) await this.tables.destroy();
    await this.pool.end();
  }

  private async start(): Promise<void> {
    const { defined, problems } = this.registry.current();
    this.logger.log(`${defined.length} SLOs are defined in ${this.sloDir}`);
    for (const { severity, place, message } of problems) {
      this.logger.warn(`${place.file}:${place.line}:${place.column}: ${severity}: ${message}`);
    }
    while (!this.stopping.signal.aborted) {
      if (await this.migrated()) {
        this.registry.start();
        this.loop.start();
        return;
      }
      await sleep(MIGRATE_AGAIN_MS, null, { signal: this.stopping.signal }).catch(() => null);
    }
  }

  /** Before anything is recorded: an SLO of a file that is bad at the start must not be retired. */
  private async recall(): Promise<void> {
    await this.files.recall(await this.kept.byFiles());
    const stale = this.files.current().defined.filter((each) => each.stale);
    for (const { slo, place } of stale) {
      this.logger.warn(`${place.file} is bad: the last good definition of ${sloId(slo)} stays`);
    }
  }

  private async migrated(): Promise<boolean> {
    try {
      if (!this.tables.isInitialized) await this.tables.initialize();
      const ran = await migrate(this.tables, this.stopping.signal);
      if (ran.length > 0) this.logger.log(`the schema is up to date after ${ran.join(', ')}`);
      await this.recall();
      await this.registry.refresh();
      return true;
    } catch (error) {
      if (this.stopping.signal.aborted) return false;
      this.logger.warn(
        `the database is not ready: ${error instanceof Error ? error.message : String(error)}`,
      );
      return false;
    }
  }
}
