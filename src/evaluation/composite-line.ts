import type { Point } from '../domain/point';
import type { Tally } from '../domain/tally';
import { GRID_SECONDS } from '../ledger/grid';

/** Slices from the line's oldest on; a slice that was not seen counts nothing. */
const FEWEST_SLICES = 1_024;

interface Columns {
  readonly good: Float64Array;
  readonly total: Float64Array;
  readonly covered: Float64Array;
  /** Index of the last slice that was seen, up to each; -1 before the first. */
  readonly seen: Int32Array;
}

/**
 * A composite's slices, counted up from the slice's end at which all of its parts had begun to be
 * counted live: the same in every process. Counts are whole numbers below 2^53.
 *
 * It is never changed but only grows at its end: what was handed out stays as it was.
 */
export class CompositeLine {
  private constructor(
    /** The end of the slice before the first one. */
    readonly from: number,
    readonly sliceSeconds: number,
    private readonly columns: Columns,
    private readonly slices: number,
    /** Taken from every count. */
    private readonly origin: { readonly good: number; readonly total: number; covered: number },
  ) {}

  /** @param origin index of the slice's end from which it counts up; 0 is `from` */
  static of(
    from: number,
    sliceSeconds: number,
    slices: readonly Tally[],
    origin: number,
  ): CompositeLine {
    const none = { good: 0, total: 0, covered: 0 };
    const empty = new CompositeLine(from, sliceSeconds, columnsFor(slices.length), 0, none);
    const { columns } = empty.followedBy(slices);
    const at = Math.min(origin, slices.length);
    const { good, total, covered } = columns;
    const zero = { good: good[at] ?? 0, total: total[at] ?? 0, covered: covered[at] ?? 0 };
    return new CompositeLine(from, sliceSeconds, columns, slices.length, zero);
  }

  /** Where the last slice ends. */
  get to(): number {
    return this.from + this.slices * this.sliceSeconds;
  }

  get oldest(): Point {
    return this.pointOf(0, this.from);
  }

  /** End of the last slice that was seen; null without. */
  get lastCoveredAt(): number | null {
    const seen = this.columns.seen[this.slices] ?? -1;
    return seen < 0 ? null : this.from + seen * this.sliceSeconds;
  }

  /** The counts up to the last slice's end at or before an instant, told of the grid's. */
  pointAt(instant: number): Point {
    if (instant <= this.from) return this.oldest;
    const last = Math.floor(instant / GRID_SECONDS) * GRID_SECONDS;
    const at = Math.min(last, this.to);
    return this.pointOf(Math.floor((at - this.from) / this.sliceSeconds), at);
  }

  /** The same line with slices after its last one. */
  followedBy(slices: readonly Tally[]): CompositeLine {
    const length = this.slices + slices.length;
    const columns = withRoom(this.columns, this.slices, length);
    const { good, total, covered, seen } = columns;
    if (this.slices === 0) seen[0] = -1;
    slices.forEach((slice, k) => {
      const at = this.slices + k;
      good[at + 1] = (good[at] ?? 0) + Number(slice.good);
      total[at + 1] = (total[at] ?? 0) + Number(slice.total);
      covered[at + 1] = (covered[at] ?? 0) + slice.coveredSeconds;
      seen[at + 1] = slice.coveredSeconds > 0 ? at + 1 : (seen[at] ?? -1);
    });
    return new CompositeLine(this.from, this.sliceSeconds, columns, length, this.origin);
  }

  /** The same line up to an instant, which is a slice's end, in columns of its own. */
  upTo(instant: number): CompositeLine {
    const slices = (instant - this.from) / this.sliceSeconds;
    const columns = copied(this.columns, slices, slices);
    return new CompositeLine(this.from, this.sliceSeconds, columns, slices, this.origin);
  }

  private pointOf(index: number, at: number): Point {
    const { good, total, covered } = this.columns;
    return {
      at,
      good: BigInt((good[index] ?? 0) - this.origin.good),
      total: BigInt((total[index] ?? 0) - this.origin.total),
      coveredSeconds: (covered[index] ?? 0) - this.origin.covered,
    };
  }
}

function columnsFor(slices: number): Columns {
  const size = 1 + Math.max(FEWEST_SLICES, Math.ceil(1.1 * slices));
  return {
    good: new Float64Array(size),
    total: new Float64Array(size),
    covered: new Float64Array(size),
    seen: new Int32Array(size),
  };
}

function withRoom(columns: Columns, used: number, wanted: number): Columns {
  return wanted < columns.good.length ? columns : copied(columns, used, wanted);
}

function copied(columns: Columns, used: number, wanted: number): Columns {
  const larger = columnsFor(wanted);
  larger.good.set(columns.good.subarray(0, used + 1));
  larger.total.set(columns.total.subarray(0, used + 1));
  larger.covered.set(columns.covered.subarray(0, used + 1));
  larger.seen.set(columns.seen.subarray(0, used + 1));
  return larger;
}
