import type { DefinitionRegistry } from '../definitions/registry';
import { isComposite } from '../domain/slo';
import type { Ledger, Watermark } from '../ledger/ledger';
import type { Backfiller } from './backfiller';
import type { Clock } from './clock';
import { CollectionMonitor, type CollectionStatus, type SourceStatus } from './collection-status';
import type { Collector } from './collector';
import type { SeriesSource } from './series-source';
import { unitOf } from './unit';

/** An evaluation that is older has not taken place: then the ledger itself is asked. */
const EVALUATED_WITHIN_SECONDS = 300;

/** What the last evaluation knew of how far the streams are. */
export interface Lately {
  readonly evaluatedAt: number | null;
  readonly reached?: ReadonlyMap<string, Watermark>;
}

/** Tells how far collection is, from the ledger's watermarks and what this process noticed. */
export class LedgerMonitor extends CollectionMonitor {
  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly ledger: Pick<Ledger, 'watermarks'>,
    private readonly lately: () => Lately,
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
    const due = this.collector.dueEnd(this.clock.now());
    const collected = units.filter(({ slo }) => !isComposite(slo));
    const sets = names.map((name) =>
      collected.filter(({ slo }) => slo.datasource === name).map(({ revision }) => revision),
    );
    const watermarks =
      watermarksLately(this.lately(), due, sets) ?? (await this.ledger.watermarks(sets));
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

/**
 * As the last evaluation read them, so that they and the figures beside them are of one moment.
 *
 * @param due the last step that may have been read, epoch seconds
 * @param sets of revisions; in their order
 * @returns null where the last evaluation is too old, or there was none
 */
export function watermarksLately(
  { evaluatedAt, reached }: Lately,
  due: number,
  sets: readonly (readonly string[])[],
): readonly Watermark[] | null {
  const isNew = evaluatedAt !== null && due - evaluatedAt <= EVALUATED_WITHIN_SECONDS;
  if (!isNew || reached === undefined) return null;
  return sets.map((revisions) => {
    const own = revisions.flatMap((revision) => reached.get(revision) ?? []);
    const at = own.reduce<number | null>((a, b) => least(a, b.at), null);
    return { streams: own.reduce((sum, { streams }) => sum + streams, 0), at };
  });
}

function least(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
