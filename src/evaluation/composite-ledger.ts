import { Logger } from '@nestjs/common';
import { compositeScale } from '../domain/composite';
import { LedgerContradiction, type Point } from '../domain/point';
import { type CompositeSlo, sloId } from '../domain/slo';
import type { DefinitionHistory } from '../ledger/definition-history';
import { GRID_SECONDS } from '../ledger/grid';
import type { CountedSlo, LedgerReader, PointsByStream } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import type { CompositeBook, FoundComposite, FoundPart } from './composite-book';
import {
  type ComposedStream,
  FIRST_COMPOSED_ID,
  isComposed,
  type Made,
  NEVER_MADE,
  upToDate,
} from './composite-making';
import type { StreamedPart } from './composite-slices';
import type { ObjectiveChanges } from './objective-pieces';
import { RememberedSeries } from './remembered-series';
import { sameGroup } from './streams-of';

/** What the parts of composites are told by, as it was read just now. */
interface Told {
  /** By `service/name@revision`. */
  readonly streams: ReadonlyMap<string, readonly Stream[]>;
  readonly changes: ReadonlyMap<string, ObjectiveChanges>;
  readonly ledger: RememberedSeries;
}

/**
 * A ledger in which composites have streams, too, made of their parts' points whenever they are read:
 * whatever changes a part's past has changed theirs. Slices are remembered; what the parts' streams
 * say of themselves tells which have to be made again.
 */
export class CompositeLedger implements LedgerReader {
  private readonly logger = new Logger('composites');
  private readonly kept = new Map<string, Made>();
  private readonly ids = new Map<string, number>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ledger: LedgerReader,
    private readonly book: CompositeBook,
    private readonly definitions: Pick<DefinitionHistory, 'objectives'>,
  ) {}

  async streams(revisions: readonly string[]): Promise<readonly Stream[]> {
    const composites = this.book.defined(revisions);
    if (composites.length === 0) return this.ledger.streams(revisions);
    // One after the other: two that extend the same line would make its slices twice.
    const made = this.turn.then(() => this.read(revisions, composites));
    this.turn = made.catch(() => undefined);
    return made;
  }

  async earlierStreams(of: readonly CountedSlo[]): Promise<readonly Stream[]> {
    return (await this.ledger.earlierStreams?.(of)) ?? [];
  }

  async pointsAt(
    streams: readonly Stream[],
    instants: readonly number[],
  ): Promise<readonly PointsByStream[]> {
    const composed = streams.filter(isComposed);
    if (composed.length === 0) return this.ledger.pointsAt(streams, instants);
    const others = streams.filter((stream) => !isComposed(stream));
    const lines = new Map(composed.map(({ id, line }) => [id, line]));
    const found = others.length === 0 ? [] : await this.ledger.pointsAt(others, instants);
    return instants.map((at, k) => ({
      get: (id) => (id < FIRST_COMPOSED_ID ? found[k]?.get(id) : lines.get(id)?.pointAt(at)),
    }));
  }

  async series(
    stream: Stream,
    from: number,
    to: number,
    gridSeconds: number,
  ): Promise<readonly Point[]> {
    if (!isComposed(stream)) return this.ledger.series(stream, from, to, gridSeconds);
    const step = Math.max(GRID_SECONDS, gridSeconds);
    const first = Math.ceil(Math.max(from, stream.oldest.at) / step) * step;
    const points: Point[] = [];
    for (let at = first; at <= Math.min(to, stream.newest.at); at += step) {
      points.push(stream.line.pointAt(at));
    }
    return points;
  }

  private async read(
    revisions: readonly string[],
    composites: readonly CompositeSlo[],
  ): Promise<readonly Stream[]> {
    const found = await this.book.open(composites);
    const parts = found.flatMap((each) => each.parts ?? []).map(({ slo }) => slo);
    const judged = found.some(({ slo }) => slo.sli.method === 'all');
    const asked = new Set(revisions);
    const [real, changes] = await Promise.all([
      this.ledger.streams([...new Set([...revisions, ...parts.map(revisionOf)])]),
      judged ? this.definitions.objectives() : new Map<string, ObjectiveChanges>(),
    ]);
    const streams = byKey(real);
    const ledger = new RememberedSeries(this);
    const wanted = new Set(composites.map(sloId));
    const composed: Stream[] = [];
    for (const each of found) {
      const stream = await this.streamOf(each, { streams, changes, ledger });
      streams.set(keyOf(stream), [stream]);
      if (wanted.has(sloId(each.slo))) composed.push(stream);
    }
    this.forgetOthers();
    return [...real.filter(({ revision }) => asked.has(revision)), ...composed];
  }

  private async streamOf({ slo, parts, trouble }: FoundComposite, told: Told): Promise<Stream> {
    if (parts === null) return this.stream(slo, NEVER_MADE, trouble);
    const streamed = parts.map((part) => ({ part, ...streamedPart(part, told) }));
    const silent = streamed.find(({ streams }) => streams.length === 0);
    if (silent !== undefined) {
      const missing = `nothing has been collected yet of its part ${sloId(silent.part.slo)}`;
      return this.stream(slo, NEVER_MADE, trouble ?? missing);
    }
    const revision = revisionOf(slo);
    const before = this.kept.get(revision);
    try {
      const kept = await upToDate(told.ledger, slo, streamed, before);
      this.kept.set(revision, kept);
      return this.stream(slo, kept, trouble ?? troubleOf(streamed));
    } catch (error) {
      if (!(error instanceof LedgerContradiction)) throw error;
      this.logger.error(`${sloId(slo)} cannot be made of its parts: ${error.message}`);
      return this.stream(slo, before ?? NEVER_MADE, error.message);
    }
  }

  private stream(slo: CompositeSlo, kept: Made, trouble: string | null): ComposedStream {
    const { service, name, sli } = slo;
    const { line, making, corrections } = kept;
    const revision = revisionOf(slo);
    return {
      id: this.idOf(`${service}/${name}@${revision}`),
      service,
      name,
      group: null,
      revision,
      scale: compositeScale(sli.method),
      oldest: line.oldest,
      newest: line.pointAt(line.to),
      backfilledTo: line.from,
      lastCoveredAt: line.lastCoveredAt,
      corrections,
      line,
      making,
      ...(trouble === null ? {} : { trouble }),
    };
  }

  private idOf(key: string): number {
    const id = this.ids.get(key) ?? FIRST_COMPOSED_ID + this.ids.size;
    this.ids.set(key, id);
    return id;
  }

  private forgetOthers(): void {
    const defined = this.book.revisions();
    for (const revision of this.kept.keys()) if (!defined.has(revision)) this.kept.delete(revision);
  }
}

function streamedPart({ slo, group, weight }: FoundPart, { streams, changes }: Told): StreamedPart {
  const all = streams.get(keyOf({ ...slo, revision: revisionOf(slo) })) ?? [];
  const own = group === null ? all : all.filter((stream) => sameGroup(stream.group, group));
  return { slo, group, weight, streams: own, changes: changes.get(sloId(slo)) ?? [] };
}

/** A composite within a composite has its parts' troubles. */
function troubleOf(parts: readonly StreamedPart[]): string | null {
  const stream = parts
    .flatMap(({ streams }) => streams)
    .find(({ trouble }) => trouble !== undefined);
  return stream === undefined ? null : `its part ${sloId(stream)}: ${stream.trouble ?? ''}`;
}

function byKey(streams: readonly Stream[]): Map<string, readonly Stream[]> {
  const found = new Map<string, Stream[]>();
  for (const stream of streams) {
    const own = found.get(keyOf(stream));
    if (own === undefined) found.set(keyOf(stream), [stream]);
    else own.push(stream);
  }
  return found;
}

function keyOf({ service, name, revision }: CountedSlo): string {
  return `${service}/${name}@${revision}`;
}
