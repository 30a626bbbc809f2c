import type { Point } from '../domain/point';
import type { Tally } from '../domain/tally';
import type { VisitStep } from './point-codec';
import type { AwaitedFlag, Step, StepFlag } from './step';
import type { Stream, StreamBeginning } from './stream';

/** The right to write a collection unit's streams; a later claim raises the epoch and ends this one. */
export interface Lease {
  readonly unit: string;
  readonly epoch: bigint;
}

/** Steps that follow a stream's newest point. */
export interface Append {
  readonly streamId: number;
  readonly lease: Lease;
  /** The newest point's instant as the writer knew it. */
  readonly after: number;
  /** Ascending and adjoining: the first step spans (after, steps[0].at]. */
  readonly steps: readonly Step[];
}

/** Steps that lead up to a stream's oldest point, found by backfill. */
export interface Prepend {
  readonly streamId: number;
  readonly lease: Lease;
  /** `backfilledTo` as the writer knew it. */
  readonly before: number;
  /** Epoch seconds back to which the source has now been read; becomes `backfilledTo`. */
  readonly readBackTo: number;
  /**
   * Ascending and adjoining, on the five-minute grid or minute by minute between its instants, the
   * last one ending at the stream's oldest point. Starts later than
   * `readBackTo` where the group had not begun; may be empty.
   */
  readonly steps: readonly Step[];
  /** Start of the first step. */
  readonly stepsFrom: number;
}

/** A step that was read again and came out differently. */
export interface Amendment {
  readonly streamId: number;
  readonly lease: Lease;
  /** The step is (from, at]. */
  readonly from: number;
  readonly at: number;
  /** The step's counts as the writer knew them; when they differ by now, nothing is changed. */
  readonly known: Tally;
  /** What to add to the step; parts may be negative. Nothing, where only the flags changed. */
  readonly difference: Tally;
  readonly flags: readonly StepFlag[];
  readonly reason: string;
}

/** An SLO, and the revision of what it counts now. */
export type CountedSlo = Pick<Stream, 'service' | 'name' | 'revision'>;

/** How far some streams are. */
export interface Watermark {
  readonly streams: number;
  /** Where the one that is furthest behind ends, epoch seconds; null without streams. */
  readonly at: number | null;
}

/** A step that was closed before all of its samples had come, as far as can be told. */
export interface AwaitedStep {
  readonly streamId: number;
  readonly at: number;
  /** Missing where it is both. */
  readonly flag: AwaitedFlag;
}

/** Points of many streams at one instant, by stream id. */
export type PointsByStream = Pick<ReadonlyMap<number, Point>, 'get'>;

/**
 * The one store of good and total events, from which every figure is a subtraction.
 *
 * Writes are absolute and guarded by the stream's ends: a step that is already there, or that was
 * computed under a lost lease, changes nothing and is left out of the answer.
 */
export abstract class Ledger {
  /** Finds the streams with these keys and begins those that do not exist; in the order asked. */
  abstract open(beginnings: readonly StreamBeginning[]): Promise<readonly Stream[]>;

  /** All streams of these revisions, with both their ends as they are now. */
  abstract streams(revisions: readonly string[]): Promise<readonly Stream[]>;

  /** How far the streams of each of these sets of revisions are, in the order asked. */
  abstract watermarks(sets: readonly (readonly string[])[]): Promise<readonly Watermark[]>;

  /** All streams of these SLOs that count what an earlier definition said, by ascending id. */
  abstract earlierStreams(of: readonly CountedSlo[]): Promise<readonly Stream[]>;

  /** Writes points and watermarks in one transaction. @returns ids of the streams that moved */
  abstract append(appends: readonly Append[]): Promise<ReadonlySet<number>>;

  /** Writes older points and `backfilledTo` in one transaction. @returns ids of the streams that moved */
  abstract prepend(prepends: readonly Prepend[]): Promise<ReadonlySet<number>>;

  /**
   * Corrects steps and all points after them, with an audit row each; where nothing is to be added,
   * replaces the step's flags and no more.
   *
   * @returns ids of the streams whose counts changed
   */
  abstract amend(amendments: readonly Amendment[]): Promise<ReadonlySet<number>>;

  /** Steps from an instant on that are flagged as missing or provisional, oldest first. */
  abstract awaitedSteps(since: number): Promise<readonly AwaitedStep[]>;

  /**
   * The point of every stream at every instant: the newest one from the stream's newest on, the
   * oldest one up to its oldest, else the one on that minute, else the last five-minute point
   * before it. The point's own `at` says which instant was used.
   *
   * @returns maps in the order of `instants`
   */
  abstract pointsAt(
    streams: readonly Stream[],
    instants: readonly number[],
  ): Promise<readonly PointsByStream[]>;

  /**
   * A stream's points at every multiple of `gridSeconds` (itself a multiple of 60) within
   * [from, to] and within the stream, ascending; where only five-minute points are left, those.
   */
  abstract series(
    stream: Stream,
    from: number,
    to: number,
    gridSeconds: number,
  ): Promise<readonly Point[]>;

  /**
   * What each of many streams counted step by step, ascending within a stream: five minutes each, or
   * more where nothing was counted in between. Streams are met in any order, day by day.
   *
   * @param from epoch seconds on the five-minute grid
   * @param to   likewise
   */
  abstract eachStep(
    streams: readonly Stream[],
    from: number,
    to: number,
    visit: (streamId: number, ...step: Parameters<VisitStep>) => void,
  ): Promise<void>;

  /** Packs complete days, makes coming partitions and drops those past retention. */
  abstract maintain(now: number): Promise<void>;
}

/** What figures are made from: the ledger, or history that is nowhere kept. */
export type LedgerReader = Pick<Ledger, 'streams' | 'pointsAt' | 'series'> &
  // What was never saved has nothing before it.
  Partial<Pick<Ledger, 'earlierStreams'>>;

/** The ledger's database does not answer or refuses to write; nothing was half written. */
export class LedgerUnavailable extends Error {
  constructor(cause: unknown) {
    super(
      `the ledger's database is unavailable: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.name = 'LedgerUnavailable';
  }
}
