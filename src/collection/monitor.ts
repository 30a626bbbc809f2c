import type { DefinitionRegistry } from '../definitions/registry';
import type { Ledger } from '../ledger/ledger';
import type { Backfiller } from './backfiller';
import type { Clock } from './clock';
import { CollectionMonitor, type CollectionStatus, type SourceStatus } from './collection-status';
import type { Collector } from './collector';
import type { SeriesSource } from './series-source';
import { unitOf } from './unit';

/** Tells how far collection is, from the ledger's watermarks and what this process noticed. */
export class LedgerMonitor extends CollectionMonitor {
  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly ledger: Ledger,
    private readonly source: SeriesSource,
    private readonly collector: Collector,
    private readonly backfiller: Backfiller,
    private readonly clock: Clock,
  ) {
    super();
  }

  async status(): Promise<CollectionStatus> {
    const units = this.registry.current().defined.map(({ slo }) => unitOf(slo));
    const names = this.source.datasources();
    const watermarks = await this.ledger.watermarks(
      names.map((name) =>
        units.filter(({ slo }) => slo.datasource === name).map(({ revision }) => revision),
      ),
    );
    const due = this.collector.dueEnd(this.clock.now());
    const lags = watermarks.map(({ at }) => (at === null ? null : Math.max(0, due - at)));
    const known = lags.filter((lag) => lag !== null);
    const { log } = this.collector;
    return {
      slos: units.length,
      streams: watermarks.reduce((sum, { streams }) => sum + streams, 0),
      queriesPerTick: log.queriesPerTick,
      queries: log.asked,
      lagSeconds: known.length === 0 ? null : Math.max(...known),
      missedSteps: log.missedSteps,
      backfill: this.backfiller.progress,
      sources: names.map((name, k) => this.sourceStatus(name, lags[k] ?? null)),
      failures: log.failing(),
      warnings: log.doubtful(),
      lastTickAt: log.lastTickAt,
      lastTickSeconds: log.lastTickSeconds,
      stepsWritten: log.stepsWritten,
      retriedSteps: log.retriedSteps,
      amendedSteps: log.amendedSteps,
      leasesHeld: this.collector.heldUnits().length,
      flaggedSteps: Object.fromEntries(log.flaggedSteps),
    };
  }

  private sourceStatus(name: string, lagSeconds: number | null): SourceStatus {
    const { up, error, clockSkewSeconds, queries } = this.source.health(name);
    return { name, up, lagSeconds, clockSkewSeconds, error, queries };
  }
}
