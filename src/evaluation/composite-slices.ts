import { compositeSlice, parseWeight, type PartSlice } from '../domain/composite';
import type { Fraction } from '../domain/fraction';
import type { Objective } from '../domain/objective';
import { between, type Point } from '../domain/point';
import type { CompositeSlo, Group, Slo } from '../domain/slo';
import { add, EMPTY_TALLY, type Tally } from '../domain/tally';
import { GRID_SECONDS } from '../ledger/grid';
import type { LedgerReader } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { type ObjectiveChanges, objectivePieces } from './objective-pieces';

/** A part with the streams that tell of it: one for a group, all of them for the groups together. */
export interface StreamedPart {
  readonly slo: Slo;
  readonly group: Group;
  readonly weight: string;
  readonly streams: readonly Stream[];
  readonly changes: ObjectiveChanges;
}

/** Slices of a span, and when its parts had begun to be counted live. */
export interface Slices {
  readonly slices: readonly Tally[];
  /** Index of the last slice's end at which a part had counted nothing live; 0 where none is. */
  readonly origin: number;
}

/** A month of five-minute slices: so much is judged without letting others have their turn. */
const MOST_AT_ONCE = 8_640;
/** So few points are asked for by their instants, and mostly remembered. */
const FEW_INSTANTS = 24;

/**
 * The slices of (from, to], from the points of the parts.
 *
 * @param from a slice's end, as `to` is
 * @throws LedgerContradiction when a part's points go back
 */
export async function readSlices(
  ledger: LedgerReader,
  { sli }: CompositeSlo,
  parts: readonly StreamedPart[],
  from: number,
  to: number,
): Promise<Slices> {
  const slices: Tally[] = [];
  let origin = 0;
  for (let start = from; start < to; start += MOST_AT_ONCE * sli.sliceSeconds) {
    const end = Math.min(to, start + MOST_AT_ONCE * sli.sliceSeconds);
    const instants = endsBetween(start, end, sli.sliceSeconds);
    const lines = await partLines(ledger, parts, instants);
    instants.forEach((_, k) => {
      if (k > 0)
        slices.push(
          compositeSlice(
            sli.method,
            lines.map((line) => line.slice(k)),
          ),
        );
      if (lines.some((line) => line.coveredUpTo(k) <= 0)) origin = slices.length;
    });
  }
  return { slices, origin };
}

function endsBetween(from: number, to: number, sliceSeconds: number): readonly number[] {
  const count = Math.round((to - from) / sliceSeconds) + 1;
  return Array.from({ length: count }, (_, k) => from + k * sliceSeconds);
}

async function partLines(
  ledger: LedgerReader,
  parts: readonly StreamedPart[],
  instants: readonly number[],
): Promise<readonly PartLine[]> {
  const streams = [...new Set(parts.flatMap((part) => part.streams))];
  const read =
    instants.length <= FEW_INSTANTS
      ? await pointsByInstant(ledger, streams, instants)
      : await pointsBySeries(ledger, streams, instants);
  return parts.map((part) => new PartLine(part, read, instants));
}

type PointsOf = ReadonlyMap<Stream, readonly Point[]>;

async function pointsByInstant(
  ledger: LedgerReader,
  streams: readonly Stream[],
  instants: readonly number[],
): Promise<PointsOf> {
  const found = await ledger.pointsAt(streams, instants);
  return new Map(
    streams.map((stream) => [stream, found.map((at) => at.get(stream.id) ?? stream.oldest)]),
  );
}

async function pointsBySeries(
  ledger: LedgerReader,
  streams: readonly Stream[],
  instants: readonly number[],
): Promise<PointsOf> {
  const [from = 0, to = 0] = [instants[0], instants.at(-1)];
  const [first] = await ledger.pointsAt(streams, [from]);
  const points = new Map<Stream, readonly Point[]>();
  for (const stream of streams) {
    const series = await ledger.series(stream, from, to, GRID_SECONDS);
    points.set(
      stream,
      lastAtEach(stream, first?.get(stream.id) ?? stream.oldest, series, instants),
    );
  }
  return points;
}

/** The last point at or before each instant, beyond the stream's ends those. */
function lastAtEach(
  { oldest, newest }: Stream,
  first: Point,
  series: readonly Point[],
  instants: readonly number[],
): readonly Point[] {
  let [point, next] = [first, 0];
  return instants.map((instant) => {
    for (
      let later = series[next];
      later !== undefined && later.at <= instant;
      later = series[next]
    ) {
      point = later;
      next += 1;
    }
    if (instant >= newest.at) return newest;
    return instant <= oldest.at ? oldest : point;
  });
}

/** One part's points at the slices' ends. */
class PartLine {
  private readonly weight: Fraction;
  private readonly objectives: readonly Objective[];
  private readonly lines: readonly { readonly stream: Stream; readonly points: readonly Point[] }[];
  private readonly scale: bigint;

  constructor(part: StreamedPart, read: PointsOf, instants: readonly number[]) {
    this.weight = parseWeight(part.weight);
    this.objectives = objectivesAt(part, instants);
    this.lines = part.streams.map((stream) => ({ stream, points: read.get(stream) ?? [] }));
    this.scale = part.streams.map(({ scale }) => scale).reduce((a, b) => (a > b ? a : b), 1n);
  }

  /** Seconds that its streams had covered since they began live; below that it is history. */
  coveredUpTo(k: number): number {
    return this.lines.reduce((sum, { points }) => sum + (points[k]?.coveredSeconds ?? 0), 0);
  }

  /** The slice that ends with the instant of this index. */
  slice(k: number): PartSlice {
    const events = this.lines.reduce<Tally>((sum, { stream, points }) => {
      const [earlier, later] = [points[k - 1] ?? stream.oldest, points[k] ?? stream.newest];
      const own = between(earlier, later, stream);
      const factor = this.scale / stream.scale;
      const events = { ...own, good: own.good * factor, total: own.total * factor };
      // Groups share their targets: time is that of the one seen longest.
      const coveredSeconds = Math.max(sum.coveredSeconds, own.coveredSeconds);
      return { ...add(sum, events), coveredSeconds };
    }, EMPTY_TALLY);
    const objective = this.objectives[k];
    if (objective === undefined) throw new RangeError(`there is no slice ${k}`);
    return { events, objective, weight: this.weight };
  }
}

/** Each slice is judged by the objective that was in force when it ended. */
function objectivesAt(
  { slo, changes }: StreamedPart,
  instants: readonly number[],
): readonly Objective[] {
  const [from = 0, to = 0] = [instants[0], instants.at(-1)];
  const pieces = objectivePieces(slo.objective, changes, { from, to });
  let piece = 0;
  return instants.map((instant) => {
    while (instant > (pieces[piece]?.to ?? Infinity)) piece += 1;
    return pieces[piece]?.objective ?? slo.objective;
  });
}
