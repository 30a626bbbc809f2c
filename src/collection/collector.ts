import { Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import type { DefinitionRegistry } from '../definitions/registry';
import { sloId } from '../domain/slo';
import { type Lease, type Ledger, LedgerUnavailable } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { CollectionLog } from './collection-log';
import type { CounterSource } from './counter-reader';
import type { Leases } from './leases';
import { type Due, type LiveSteps, openStreams, readDue } from './live-collector';
import { doubtfulPart } from './part-check';
import { RememberingSource } from './remembering-source';
import { REREAD_FOR_SECONDS, readAgain } from './reread';
import { type SeriesSource } from './series-source';
import { floorTo, LIVE_STEP_SECONDS } from './steps';
import { type Unit, unitKey, unitOf } from './unit';

/** Units read at once; the source's own limit decides how many queries that means. */
const UNITS_AT_ONCE = 16;

/** Steps that closed without data are asked for again this often. */
const REREAD_EVERY_SECONDS = 300;

/** Selectors without series are looked for this often. */
const LOOK_EVERY_SECONDS = 3_600;

/** What the collector has to know of the configuration. */
export interface CollectorSettings {
  readonly queryDelaySeconds: number;
  readonly leaseSeconds: number;
  readonly scrapeIntervalSeconds: (datasource: string) => number;
}

/**
 * Reads every step that is due and writes it. Nothing is remembered between ticks but for telling:
 * what is due follows from the streams' watermarks, so a crash anywhere loses nothing.
 */
export class Collector {
  private readonly logger = new Logger('collection');
  readonly log = new CollectionLog();
  private held = new Map<string, Lease>();
  private readonly looked = new Map<string, number>();

  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly source: SeriesSource,
    private readonly ledger: Ledger,
    private readonly leases: Leases,
    private readonly settings: CollectorSettings,
  ) {}

  /** The end of the last step that may be read at an instant. */
  dueEnd(now: number): number {
    return floorTo(now - this.settings.queryDelaySeconds, LIVE_STEP_SECONDS);
  }

  /** The units whose lease this process holds, with it. */
  heldUnits(): readonly (readonly [Unit, Lease])[] {
    return this.units().flatMap((unit) => {
      const lease = this.held.get(unit.key);
      return lease === undefined ? [] : [[unit, lease] as const];
    });
  }

  sourceFor(unit: Unit, source: SeriesSource): CounterSource {
    const { datasource } = unit.slo;
    return {
      source,
      datasource,
      scrapeIntervalSeconds: this.settings.scrapeIntervalSeconds(datasource),
    };
  }

  /** @throws LedgerUnavailable when nothing could be read or written; the next tick tries again */
  async tick(now: number): Promise<void> {
    const started = performance.now();
    const units = this.units();
    const claimed = await this.leases.claim(
      units.map(({ key }) => key),
      this.settings.leaseSeconds,
    );
    this.held = new Map(claimed.map((lease) => [lease.unit, lease]));
    const mine = this.heldUnits();
    const remembering = new RememberingSource(this.source);
    const streams = await this.streamsOf(mine.map(([unit]) => unit));
    const due: Due = { end: this.dueEnd(now), now };
    const limit = pLimit(UNITS_AT_ONCE);
    const read = await Promise.all(
      mine.map(([unit, lease]) =>
        limit(() => this.readUnit(remembering, unit, streams.get(unit.key) ?? [], lease, due)),
      ),
    );
    const appends = read.flatMap((steps) => steps?.appends ?? []);
    const moved = appends.length > 0 ? await this.ledger.append(appends) : new Set<number>();
    this.log.wrote(appends, moved);
    this.log.queriesPerTick = remembering.asked;
    this.log.lastTickAt = now;
    this.log.lastTickSeconds = (performance.now() - started) / 1000;
    if (due.end % REREAD_EVERY_SECONDS === 0)
      await this.readGapsAgain(remembering, streams, mine, now);
    if (moved.size > 0 && read.some((steps) => steps?.unfinished)) await this.tick(now);
  }

  /** Gives the leases back, so that another replica goes on at once. */
  async release(): Promise<void> {
    await this.leases.release([...this.held.values()]);
    this.held.clear();
  }

  private async readGapsAgain(
    source: SeriesSource,
    streams: ReadonlyMap<string, readonly Stream[]>,
    mine: readonly (readonly [Unit, Lease])[],
    now: number,
  ): Promise<void> {
    const missing = await this.ledger.missingSteps(now - REREAD_FOR_SECONDS);
    if (missing.length === 0) return;
    for (const [unit, lease] of mine) {
      const own = streams.get(unit.key) ?? [];
      const ids = new Set(own.map(({ id }) => id));
      const gaps = missing.filter(({ streamId }) => ids.has(streamId));
      if (gaps.length === 0) continue;
      try {
        const amendments = await readAgain(
          this.sourceFor(unit, source),
          this.ledger,
          unit,
          own,
          lease,
          gaps,
        );
        const changed = await this.ledger.amend(amendments);
        if (changed.size > 0) this.log.amendedSteps += amendments.length;
      } catch (error) {
        if (error instanceof LedgerUnavailable) throw error;
        this.tell(sloId(unit.slo), error);
      }
    }
  }

  private units(): readonly Unit[] {
    return this.registry.current().defined.map(({ slo }) => unitOf(slo));
  }

  /** Streams by unit key. */
  async streamsOf(units: readonly Unit[]): Promise<ReadonlyMap<string, readonly Stream[]>> {
    const streams = await this.ledger.streams(units.map(({ revision }) => revision));
    const byUnit = new Map<string, Stream[]>();
    for (const stream of streams) {
      const key = unitKey(stream);
      byUnit.set(key, [...(byUnit.get(key) ?? []), stream]);
    }
    return byUnit;
  }

  /** One broken SLO is told of and left out; the others go on. */
  private async readUnit(
    source: SeriesSource,
    unit: Unit,
    known: readonly Stream[],
    lease: Lease,
    due: Due,
  ): Promise<LiveSteps | null> {
    const id = sloId(unit.slo);
    try {
      const at = this.sourceFor(unit, source);
      const streams = known.length > 0 ? known : await openStreams(at, this.ledger, unit, due);
      await this.lookAtPart(at, unit, due);
      const steps = await readDue(at, this.ledger, unit, streams, lease, due);
      if (steps.complaint !== null) this.tell(id, steps.complaint);
      else if (this.log.succeeded(id)) this.logger.log(`${id} is collected again`);
      return steps;
    } catch (error) {
      if (error instanceof LedgerUnavailable) throw error;
      this.tell(id, error);
      return null;
    }
  }

  /** Asked at the first tick and once an hour: a slip in a selector would look like a perfect service. */
  private async lookAtPart(at: CounterSource, unit: Unit, due: Due): Promise<void> {
    const lastLook = this.looked.get(unit.key) ?? -Infinity;
    if (due.end - lastLook < LOOK_EVERY_SECONDS) return;
    this.looked.set(unit.key, due.end);
    const doubt = await doubtfulPart(at, unit.slo, due.now);
    const id = sloId(unit.slo);
    if (this.log.doubted(id, doubt)) this.logger.warn(`${id}: ${doubt ?? ''}`);
  }

  private tell(id: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (this.log.failed(id, message)) this.logger.warn(`${id} is not collected: ${message}`);
  }
}
