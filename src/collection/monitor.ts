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
    const streams = await this.ledger.streams(units.map(({ revision }) => revision));
    const due = this.collector.dueEnd(this.clock.now());
    const lagOf = (datasource: string) => {
      const revisions = new Set(
        units.filter(({ slo }) => slo.datasource === datasource).map(({ revision }) => revision),
      );
      const own = streams.filter(({ revision }) => revisions.has(revision));
      return own.length === 0 ? null : Math.max(0, ...own.map(({ newest }) => due - newest.at));
    };
    const { log } = this.collector;
    const lags = this.source
      .datasources()
      .map(lagOf)
      .filter((lag) => lag !== null);
    return {
      slos: units.length,
      streams: streams.length,
      queriesPerTick: log.queriesPerTick,
      queries: log.asked,
      lagSeconds: lags.length === 0 ? null : Math.max(...lags),
      missedSteps: log.missedSteps,
      backfill: this.backfiller.progress,
      sources: this.source.datasources().map((name) => this.sourceStatus(name, lagOf(name))),
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
