import { Logger } from '@nestjs/common';
import { compositeScale } from '../domain/composite';
import { LedgerContradiction, type Point } from '../domain/point';
import { type CompositeSlo, sloId } from '../domain/slo';
import type { DefinitionHistory } from '../ledger/definition-history';
import { DAY_SECONDS, floorTo, GRID_SECONDS, LIVE_DAYS } from '../ledger/grid';
import type { CountedSlo, LedgerReader, PointsByStream } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import type { CompositeBook, FoundComposite, FoundPart } from './composite-book';
import { CompositeLine } from './composite-line';
import { readSlices, type StreamedPart } from './composite-slices';
import type { ObjectiveChanges } from './objective-pieces';
import { sameGroup } from './streams-of';
import { SucceedingLedger } from './succeeding-ledger';

/** A stream that no table holds: it carries its points with it. */
interface ComposedStream extends Stream {
  readonly line: CompositeLine;
  /** Which making of all its slices they are of. */
  readonly making: number;
}

/** A composite's slices as they were made last. */
interface Kept {
  /** What they were made of; another one makes all of them anew. */
  readonly of: string;
  /** How often that had been corrected. */
  readonly corrections: number;
  readonly line: CompositeLine;
  readonly making: number;
}

/** What the parts of composites are told by, as it was read just now. */
interface Told {
  /** By `service/name@revision`. */
  readonly streams: ReadonlyMap<string, readonly Stream[]>;
  readonly changes: ReadonlyMap<string, ObjectiveChanges>;
}

/** Ids of the ledger's own streams are 32-bit integers. */
const FIRST_ID = 2 ** 31;

/**
 * A ledger in which composites have streams, too, made of their parts' points whenever they are read:
 * whatever changes a part's past has changed theirs. Slices are remembered; what the parts' streams
 * say of themselves tells which have to be made again.
 */
export class CompositeLedger implements LedgerReader {
  private readonly logger = new Logger('composites');
  private readonly kept = new Map<string, Kept>();
  private readonly ids = new Map<string, number>();
  private makings = 0;
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
      get: (id) => (id < FIRST_ID ? found[k]?.get(id) : lines.get(id)?.pointAt(at)),
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
    const wanted = new Set(composites.map(sloId));
    const composed: Stream[] = [];
    for (const each of found) {
      const stream = await this.streamOf(each, { streams, changes });
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
      const kept = await this.upToDate(slo, streamed, before);
      this.kept.set(revision, kept);
      return this.stream(slo, kept, trouble ?? troubleOf(streamed));
    } catch (error) {
      if (!(error instanceof LedgerContradiction)) throw error;
      this.logger.error(`${sloId(slo)} cannot be made of its parts: ${error.message}`);
      return this.stream(slo, before ?? NEVER_MADE, error.message);
    }
  }

  private async upToDate(
    slo: CompositeSlo,
    parts: readonly StreamedPart[],
    before: Kept | undefined,
  ): Promise<Kept> {
    const slice = slo.sli.sliceSeconds;
    const newest = Math.min(...parts.flatMap(({ streams }) => streams.map((s) => s.newest.at)));
    const to = floorTo(newest, slice);
    const of = madeOf(parts);
    const corrections = parts
      .flatMap(({ streams }) => streams)
      .reduce((sum, stream) => sum + stream.corrections, 0);
    const whole = async (): Promise<Kept> => {
      const line = await this.wholeLine(slo, parts, to);
      return { of, corrections, line, making: (this.makings += 1) };
    };
    if (before?.of !== of) return whole();
    if (before.corrections === corrections && to <= before.line.to) return before;
    // Corrections come no later than steps are kept by the minute.
    const reach = Math.max(
      before.line.from,
      floorTo(before.line.to - LIVE_DAYS * DAY_SECONDS, slice),
    );
    const kept = before.corrections === corrections ? before.line : before.line.upTo(reach);
    const heads = parts.map(({ streams }) => Math.min(...streams.map(({ oldest }) => oldest.at)));
    if (kept.to < Math.max(...heads)) return whole();
    const { slices } = await readSlices(this, slo, parts, kept.to, Math.max(kept.to, to));
    return { ...before, corrections, line: kept.followedBy(slices) };
  }

  /** From where the youngest part begins, with what its parts counted under earlier definitions. */
  private async wholeLine(
    slo: CompositeSlo,
    parts: readonly StreamedPart[],
    to: number,
  ): Promise<CompositeLine> {
    const ledger = new SucceedingLedger(this);
    const earlier = await this.earlierStreams(
      parts.map((part) => ({ ...part.slo, revision: revisionOf(part.slo) })),
    );
    const lines = await ledger.continued(
      parts.map(({ slo: { service, name }, group, streams }) => ({
        present: streams,
        earlier: earlier.filter(
          (each) =>
            each.service === service &&
            each.name === name &&
            (group === null || sameGroup(each.group, group)),
        ),
        reach: -Infinity,
      })),
    );
    const continued = parts.map((part, k) => ({ ...part, streams: lines[k] ?? part.streams }));
    const begin = Math.max(
      ...continued.map(({ streams }) => Math.min(...streams.map(({ oldest }) => oldest.at))),
    );
    const slice = slo.sli.sliceSeconds;
    const from = Math.ceil(begin / slice) * slice;
    const { slices, origin } = await readSlices(ledger, slo, continued, from, to);
    return CompositeLine.of(from, slice, slices, origin);
  }

  private stream(slo: CompositeSlo, kept: Kept, trouble: string | null): ComposedStream {
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
    const id = this.ids.get(key) ?? FIRST_ID + this.ids.size;
    this.ids.set(key, id);
    return id;
  }

  private forgetOthers(): void {
    const defined = this.book.revisions();
    for (const revision of this.kept.keys()) if (!defined.has(revision)) this.kept.delete(revision);
  }
}

function isComposed(stream: Stream): stream is ComposedStream {
  return stream.id >= FIRST_ID;
}

const NEVER_MADE: Kept = {
  of: '',
  corrections: 0,
  line: CompositeLine.of(0, GRID_SECONDS, [], 0),
  making: 0,
};

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

/** A nested composite that was made anew is another one; its growth is not. */
function madeOf(parts: readonly StreamedPart[]): string {
  return JSON.stringify(
    parts.map(({ slo, streams, changes }) => [
      streams.map((stream) => [
        stream.id,
        stream.oldest.at,
        isComposed(stream) ? stream.making : 0,
      ]),
      slo.objective.text,
      changes,
    ]),
  );
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
