import type { Cut } from '../domain/cut';
import type { Point } from '../domain/point';
import type { Slo } from '../domain/slo';
import type { Stream } from '../ledger/stream';
import { CutStream } from './cut-stream';
import { type Counted, countedBetween, together, unitSeconds } from './missing-time';

/** A stream with its points over some time, ascending. */
export interface StreamPoints {
  readonly stream: Stream;
  readonly points: readonly Point[];
  /** What exclusions cut out of it, ascending and on the grid; nothing where it is left out. */
  readonly cuts?: readonly Cut[];
}

/** Instants `from`, `from + stepSeconds`, … `to`, epoch seconds. */
export interface Grid {
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
}

/** Events between two instants as floating-point numbers, off by `error` at most. */
export interface Roughly {
  good: number;
  total: number;
  /** Seconds that were seen, or were missing and are judged. */
  knownSeconds: number;
  /** Seconds that exclusions drop. */
  droppedSeconds: number;
  /** 0 where the numbers are exact, as they are up to 2^53 counts. */
  error: number;
}

/** The last point at or before each instant; the stream's own ends beyond them. */
interface Column {
  readonly stream: Stream;
  /** Null where nothing is excluded. */
  readonly cut: CutStream | null;
  readonly points: readonly Point[];
  readonly at: Float64Array;
  readonly good: Float64Array;
  readonly total: Float64Array;
  readonly covered: Float64Array;
  /** Null where nothing is excluded. */
  readonly dropped: Float64Array | null;
  readonly error: number;
}

/**
 * The cumulative counts of some streams at every instant of a grid, so that the events of any of
 * its windows are a subtraction of two numbers. What is told in integers elsewhere is told here
 * `roughly`, a hundred times as fast; whoever compares and finds it too near asks `exactly`.
 */
export class Timeline {
  private readonly columns: readonly Column[];
  /** Where judged missing time, or the times of several groups, do not add up step by step. */
  private readonly onlyExactly: boolean;
  /** Seconds of one event of a time-based SLI whose missing time is judged; 0 where it is not. */
  private readonly unit: number;

  constructor(
    private readonly slo: Slo,
    streams: readonly StreamPoints[],
    readonly grid: Grid,
  ) {
    this.columns = streams.map((each) => columnOf(slo, each, grid));
    this.unit = slo.noData === 'ignore' ? 0 : (unitSeconds(slo) ?? 0);
    const isCut = this.columns.some(({ cut }) => cut !== null);
    this.onlyExactly = isCut && (this.unit > 0 || this.columns.length > 1);
  }

  get scale(): bigint {
    return this.columns[0]?.stream.scale ?? 1n;
  }

  /** Epoch seconds since when every stream has counted. */
  get oldest(): number {
    return Math.min(...this.columns.map(({ stream }) => stream.oldest.at));
  }

  /** Number of instants. */
  get length(): number {
    return instants(this.grid);
  }

  indexOf(instant: number): number {
    return (instant - this.grid.from) / this.grid.stepSeconds;
  }

  instant(index: number): number {
    return this.grid.from + index * this.grid.stepSeconds;
  }

  /** Events in (instant a, instant b], written into `into`, which spares the garbage collector. */
  roughly(a: number, b: number, into: Roughly): Roughly {
    into.good = 0;
    into.total = 0;
    into.knownSeconds = 0;
    into.droppedSeconds = 0;
    into.error = 0;
    if (this.onlyExactly) return this.fromExactly(a, b, into);
    for (const column of this.columns) {
      const { good, total, covered } = column;
      let known = (covered[b] ?? 0) - (covered[a] ?? 0);
      into.good += (good[b] ?? 0) - (good[a] ?? 0);
      into.total += (total[b] ?? 0) - (total[a] ?? 0);
      into.error += column.error;
      if (column.dropped !== null) {
        into.droppedSeconds = (column.dropped[b] ?? 0) - (column.dropped[a] ?? 0);
        known += into.droppedSeconds;
      }
      if (this.unit > 0) known += this.judgeMissing(column, a, b, known, into);
      if (known > into.knownSeconds) into.knownSeconds = known;
    }
    return into;
  }

  private fromExactly(a: number, b: number, into: Roughly): Roughly {
    const { events, knownSeconds, cut } = this.exactly(a, b);
    into.good = Number(events.good);
    into.total = Number(events.total);
    into.knownSeconds = knownSeconds;
    into.droppedSeconds = cut?.droppedSeconds ?? 0;
    into.error = Number.isSafeInteger(into.total) ? 0 : into.total * 2 ** -52;
    return into;
  }

  /** As `countedBetween` judges it. @returns the seconds that were missing */
  private judgeMissing(column: Column, a: number, b: number, known: number, into: Roughly): number {
    const units =
      Math.floor((column.at[b] ?? 0) / this.unit) - Math.floor((column.at[a] ?? 0) / this.unit);
    const seconds = Math.max(0, units * this.unit - known);
    const missing = Math.floor((Math.round(seconds) * Number(column.stream.scale)) / this.unit);
    into.total += missing;
    if (this.slo.noData === 'good') into.good += missing;
    return seconds;
  }

  /** @throws LedgerContradiction when the points go back */
  exactly(a: number, b: number): Counted {
    return together(
      this.columns.map(({ stream, points, cut }) => {
        if (cut !== null) return cut.counted(this.instant(a), this.instant(b));
        const [earlier, later] = [points[a] ?? stream.oldest, points[b] ?? stream.newest];
        return countedBetween(this.slo, stream, earlier, later);
      }),
    );
  }
}

function instants({ from, to, stepSeconds }: Grid): number {
  return Math.floor((to - from) / stepSeconds) + 1;
}

function columnOf(slo: Slo, { stream, points, cuts = [] }: StreamPoints, grid: Grid): Column {
  const count = instants(grid);
  const column = {
    at: new Float64Array(count),
    good: new Float64Array(count),
    total: new Float64Array(count),
    covered: new Float64Array(count),
  };
  const used: Point[] = [];
  const base = stream.oldest;
  let next = 0;
  let point = base;
  for (let k = 0; k < count; k += 1) {
    const instant = grid.from + k * grid.stepSeconds;
    for (;;) {
      const candidate = points[next];
      if (candidate === undefined || candidate.at > instant) break;
      if (candidate.at >= base.at) point = candidate;
      next += 1;
    }
    if (instant >= stream.newest.at) point = stream.newest;
    used.push(point);
    column.at[k] = point.at;
    column.good[k] = Number(point.good - base.good);
    column.total[k] = Number(point.total - base.total);
    column.covered[k] = point.coveredSeconds - base.coveredSeconds;
  }
  const cut =
    cuts.length === 0 ? null : new CutStream(slo, stream, cuts, (at) => pointAt(used, grid, at));
  const dropped = cut === null ? null : withoutCuts(cut, column, grid);
  const most = column.total[count - 1] ?? 0;
  // Two roundings, each of half a unit in the 53rd bit of the largest number there is; one more for
  // each step where steps are added up.
  const roundings = cut === null ? 1 : count;
  return {
    ...column,
    stream,
    cut,
    dropped,
    points: used,
    error: Number.isSafeInteger(most) ? 0 : most * 2 ** -52 * roundings,
  };
}

/** Adds up what exclusions leave of each step. @returns the seconds that were dropped, added up */
function withoutCuts(
  cut: CutStream,
  { good, total, covered }: Pick<Column, 'good' | 'total' | 'covered'>,
  { from, stepSeconds }: Grid,
): Float64Array {
  const dropped = new Float64Array(good.length);
  for (let k = 0; k < good.length; k += 1) {
    const at = from + k * stepSeconds;
    const step = k === 0 ? null : cut.counted(at - stepSeconds, at);
    const gone = step?.cut?.droppedSeconds ?? 0;
    dropped[k] = (dropped[k - 1] ?? 0) + gone;
    good[k] = (good[k - 1] ?? 0) + Number(step?.events.good ?? 0n);
    total[k] = (total[k - 1] ?? 0) + Number(step?.events.total ?? 0n);
    covered[k] = (covered[k - 1] ?? 0) + (step?.knownSeconds ?? 0) - gone;
  }
  return dropped;
}

/** Edges of cuts are instants of the grid, or beyond its ends. */
function pointAt(used: readonly Point[], { from, stepSeconds }: Grid, at: number): Point {
  const index = Math.floor((at - from) / stepSeconds);
  const point = used[Math.min(used.length - 1, Math.max(0, index))];
  if (point === undefined) throw new Error('a timeline has at least one instant');
  return point;
}
