import { Logger } from '@nestjs/common';
import type { DefinitionRegistry } from '../definitions/registry';
import { HOUR_SECONDS } from '../domain/duration';
import { isComposite } from '../domain/slo';
import type { Append, AwaitedStep, Lease, Ledger } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { CarefulRound } from './careful-round';
import { CollectionLog } from './collection-log';
import type { CounterSource } from './counter-reader';
import { CountingSource } from './counting-source';
import { JoiningSource } from './joining-source';
import type { Leases } from './leases';
import type { Due } from './live-collector';
import { type HeldUnit, OrdinaryRound } from './ordinary-round';
import { lookAtParts } from './part-look';
import { RememberingSource } from './remembering-source';
import { RereadRound } from './reread-round';
import type { SeriesSource } from './series-source';
import { floorTo } from '../ledger/grid';
import { LIVE_STEP_SECONDS } from './steps';
import { Suspects } from './suspects';
import { type Unit, unitKey, unitOf } from './unit';

/** Whoever is days behind goes on in the next tick, so that the others are not kept waiting. */
const LONGEST_TICK_MS = 20_000;

/** What the collector has to know of the configuration. */
export interface CollectorSettings {
  readonly queryDelaySeconds: number;
  readonly leaseSeconds: number;
  readonly scrapeIntervalSeconds: (datasource: string) => number;
  /** What can be done while the sources are waited for; it must not fail. */
  readonly meanwhile?: (dueEnd: number) => Promise<void>;
}

/**
 * Reads every step that is due and writes it. Nothing is remembered between ticks but for telling and economy:
 * what is due follows from the streams' watermarks, so a crash anywhere loses nothing.
 */
export class Collector {
  readonly log = new CollectionLog(new Logger('collection'));
  private held = new Map<string, Lease>();
  /** The units of the definitions that are in force. */
  private known: { readonly of: unknown; readonly units: readonly Unit[] } = {
    of: null,
    units: [],
  };
  private readonly suspects = new Suspects();
  private readonly ordinary: OrdinaryRound;
  private readonly careful: CarefulRound;
  private readonly reread: RereadRound;

  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly source: SeriesSource,
    private readonly ledger: Ledger,
    private readonly leases: Leases,
    private readonly settings: CollectorSettings,
  ) {
    const sourceFor = this.sourceFor.bind(this);
    this.ordinary = new OrdinaryRound(sourceFor, this.log);
    this.careful = new CarefulRound(ledger, sourceFor, this.log);
    this.reread = new RereadRound(ledger, sourceFor, this.log);
  }

  /** The end of the last step that may be read at an instant. */
  dueEnd(now: number): number {
    return floorTo(now - this.settings.queryDelaySeconds, LIVE_STEP_SECONDS);
  }

  /** The units whose lease this process holds, with it. */
  heldUnits(): readonly (readonly [Unit, Lease])[] {
    return this.units().flatMap((unit) => {
      const lease = this.held.get(unit.lease);
      return lease === undefined ? [] : [[unit, lease] as const];
    });
  }

  sourceFor(datasource: string, source: SeriesSource): CounterSource {
    const scrapeIntervalSeconds = this.settings.scrapeIntervalSeconds(datasource);
    return { source, datasource, scrapeIntervalSeconds };
  }

  /**
   * One question for all that is ordinary, written at once; then, SLO by SLO, whatever needs a closer
   * look. One that keeps its source busy is not waited for.
   *
   * @returns whether more is due, which took too long for one tick
   * @throws LedgerUnavailable when nothing could be read or written; the next tick tries again
   */
  async tick(now: number): Promise<boolean> {
    const started = performance.now();
    const counting = new CountingSource(this.source);
    const once = new JoiningSource(counting, this.suspects);
    const sources = { once, source: new RememberingSource(once) };
    const due: Due = { end: this.dueEnd(now), now };
    this.ordinary.begin(once, due);
    const claimed = this.claim();
    let { mine, more } = await this.round(sources, due, claimed, this.settings.meanwhile);
    while (more && performance.now() - started < LONGEST_TICK_MS) {
      ({ mine, more } = await this.round(sources, due, claimed));
    }
    await lookAtParts(this.sourceFor.bind(this), sources.source, mine, due, this.log);
    await this.reread.tick(sources.source, mine, due.end);
    this.log.queriesPerTick = counting.asked;
    this.log.lastTickAt = now;
    this.log.lastTickSeconds = (performance.now() - started) / 1000;
    return more;
  }

  /** Waits for units that the tick did not wait for. @returns whether there were any */
  finished(): Promise<boolean> {
    return this.careful.finished();
  }

  /** Waits for what is still under way and gives the leases back, so that another replica goes on at once. */
  async release(): Promise<void> {
    await this.careful.finished();
    await this.leases.release([...this.held.values()]);
    this.held.clear();
  }

  /** Streams by unit key. */
  async streamsOf(units: readonly Unit[]): Promise<ReadonlyMap<string, readonly Stream[]>> {
    const streams = await this.ledger.streams(units.map(({ revision }) => revision));
    const byUnit = new Map<string, Stream[]>();
    for (const stream of streams) {
      const key = unitKey(stream);
      const own = byUnit.get(key);
      if (own === undefined) byUnit.set(key, [stream]);
      else own.push(stream);
    }
    return byUnit;
  }

  private async claim(): Promise<void> {
    const wanted = [...new Set(this.units().map(({ lease }) => lease))].sort();
    const claimed = await this.leases.claim(wanted, this.settings.leaseSeconds);
    this.held = new Map(claimed.map((lease) => [lease.unit, lease]));
  }

  /** Streams are read while leases are claimed: what another replica writes meanwhile fences off ours. */
  private async mine(claimed: Promise<void>): Promise<readonly HeldUnit[]> {
    const [streams] = await Promise.all([this.streamsOf(this.units()), claimed]);
    return this.heldUnits().map(([unit, lease]) => {
      return { unit, lease, streams: streams.get(unit.key) ?? [] };
    });
  }

  private async round(
    { once, source }: Sources,
    due: Due,
    claimed: Promise<void>,
    meanwhile?: CollectorSettings['meanwhile'],
  ): Promise<Round> {
    const [mine, awaited] = await Promise.all([
      this.mine(claimed),
      // Whoever is further behind reads what has come meanwhile; a broken SLO is so for weeks.
      this.ledger.awaitedSteps(due.end - HOUR_SECONDS),
    ]);
    const write = (appends: readonly Append[]) => this.write(appends);
    const free = mine.filter(({ unit }) => !this.careful.isUnderWay(unit));
    const reading = this.ordinary.read(once, free, silentAtTheEnd(free, awaited), due);
    const [ordinary] = await Promise.all([reading, meanwhile?.(due.end)]);
    const moved = await write(ordinary.appends);
    const careful = await this.careful.read(source, ordinary.rest, due, write);
    return { mine, more: (moved && ordinary.unfinished) || careful.unfinished };
  }

  private units(): readonly Unit[] {
    const { defined } = this.registry.current();
    if (this.known.of !== defined) {
      const units = defined.flatMap(({ slo }) => (isComposite(slo) ? [] : [unitOf(slo)]));
      this.known = { of: defined, units };
    }
    return this.known.units;
  }

  /** @returns whether any stream moved */
  private async write(appends: readonly Append[]): Promise<boolean> {
    if (appends.length === 0) return false;
    const moved = await this.ledger.append(appends);
    this.log.wrote(appends, moved);
    return moved.size > 0;
  }
}

/** What a tick asks. */
interface Sources {
  /** Of thousands of samples that nobody asks for again: they are not held until the tick is over. */
  readonly once: SeriesSource;
  readonly source: RememberingSource;
}

interface Round {
  readonly mine: readonly HeldUnit[];
  /** Whether more is due than was read. */
  readonly more: boolean;
}

/** Ids of the streams whose newest step closed while a target was silent: so may their next one. */
function silentAtTheEnd(
  held: readonly HeldUnit[],
  awaited: readonly AwaitedStep[],
): ReadonlySet<number> {
  if (awaited.length === 0) return new Set();
  const newest = new Map(
    held.flatMap(({ streams }) => streams.map((stream) => [stream.id, stream.newest.at])),
  );
  const now = awaited.filter(({ streamId, at }) => newest.get(streamId) === at);
  return new Set(now.map(({ streamId }) => streamId));
}
