import type { Cut } from '../domain/cut';
import { nameOf, type Point } from '../domain/point';
import type { Group, Slo } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import type { PointsByStream } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { CutStream } from './cut-stream';
import { ExcludedTime, type TouchingExclusion } from './excluded-time';
import { lookBackStart } from './look-back';
import { type Counted, countedBetween, together } from './missing-time';

/** What exclusions cut out of a stream, and its points at their edges. */
export interface StreamCuts {
  readonly cuts: readonly Cut[];
  readonly edges: ReadonlyMap<number, PointsByStream>;
}

/** The exclusions in force, and what they cut out of which streams. */
export interface Exclusions {
  readonly time: ExcludedTime;
  /** By stream id. */
  readonly cuts: ReadonlyMap<number, StreamCuts>;
}

const NOT_EXCLUDING: Exclusions = { time: new ExcludedTime([]), cuts: new Map() };

/** The points of some streams at every instant that is asked about. */
export class Reading {
  private readonly byInstant: ReadonlyMap<number, PointsByStream>;
  private readonly spans = new Map<number, Span>();
  private readonly cutStreams = new Map<number, CutStream>();

  /** @param points of each of the instants, in their order */
  constructor(
    instants: readonly number[],
    points: readonly PointsByStream[],
    private readonly exclusions: Exclusions = NOT_EXCLUDING,
  ) {
    this.byInstant = new Map(instants.map((instant, k) => [instant, points[k] ?? new Map()]));
  }

  /** Where a look-back begins and ends; one object for all SLOs of a tick. */
  spanEndingAt(at: number, seconds: number): Span {
    const known = this.spans.get(seconds);
    if (known?.to === at) return known;
    const span = { from: lookBackStart(at, seconds), to: at };
    this.spans.set(seconds, span);
    return span;
  }

  /** What the streams counted together in (from, to], without what is excluded. */
  counted(slo: Slo, streams: readonly Stream[], from: number, to: number): Counted {
    const [only] = streams;
    if (only !== undefined && streams.length === 1) return this.countedOf(slo, only, from, to);
    return together(streams.map((stream) => this.countedOf(slo, stream, from, to)));
  }

  /** The same as if nothing were excluded. */
  countedWhole(slo: Slo, streams: readonly Stream[], from: number, to: number): Counted {
    return together(streams.map((stream) => this.wholeOf(slo, stream, from, to)));
  }

  /** Which exclusions touched a span of these streams; of a group, where it has none yet. */
  touching(
    slo: Slo,
    group: Group,
    streams: readonly Stream[],
    span: Span,
  ): readonly TouchingExclusion[] {
    const groups = streams.length === 0 ? [group] : streams.map((stream) => stream.group);
    return this.exclusions.time.touching(slo, groups, span);
  }

  /** Seconds of (from, to] that all of the streams drop. */
  droppedSeconds(streams: readonly Stream[], from: number, to: number): number {
    const dropped = streams.map(({ id }) =>
      (this.exclusions.cuts.get(id)?.cuts ?? [])
        .filter((cut) => cut.treatment === 'drop' && cut.from < to && cut.to > from)
        .reduce((sum, cut) => sum + Math.min(cut.to, to) - Math.max(cut.from, from), 0),
    );
    return dropped.length === 0 ? 0 : Math.min(...dropped);
  }

  private countedOf(slo: Slo, stream: Stream, from: number, to: number): Counted {
    const own = this.exclusions.cuts.get(stream.id);
    if (own === undefined) return this.wholeOf(slo, stream, from, to);
    const known = this.cutStreams.get(stream.id);
    if (known !== undefined) return known.counted(from, to);
    const made = new CutStream(slo, stream, own.cuts, (at) => this.point(stream, at));
    this.cutStreams.set(stream.id, made);
    return made.counted(from, to);
  }

  private wholeOf(slo: Slo, stream: Stream, from: number, to: number): Counted {
    return countedBetween(slo, stream, this.point(stream, from), this.point(stream, to));
  }

  private point(stream: Stream, at: number): Point {
    const point =
      this.byInstant.get(at)?.get(stream.id) ??
      this.exclusions.cuts.get(stream.id)?.edges.get(at)?.get(stream.id);
    if (point === undefined)
      throw new Error(`no point of stream ${nameOf(stream)} at ${at} was asked for`);
    return point;
  }
}
