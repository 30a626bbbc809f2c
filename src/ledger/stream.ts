import type { Group } from '../domain/slo';
import type { Point } from '../domain/point';

/** One SLO, one group, one revision of what is counted. */
export interface StreamKey {
  readonly service: string;
  readonly name: string;
  readonly group: Group;
  /** Hash of what is counted; a new objective or name for people makes no new revision. */
  readonly revision: string;
}

/** A stream that is to exist: found by its key, or begun with its first point at `startsAt`. */
export interface StreamBeginning extends StreamKey {
  /** Counts of this stream are whole multiples of 1/scale. */
  readonly scale: bigint;
  /** Epoch seconds on the five-minute grid; live steps follow it, backfill goes back from it. */
  readonly startsAt: number;
}

/** A stream of the ledger with both its ends. */
export interface Stream extends StreamKey {
  readonly id: number;
  readonly scale: bigint;
  /** The first point there is. */
  readonly oldest: Point;
  /** The last point there is; its instant is the stream's watermark. */
  readonly newest: Point;
  /** Epoch seconds back to which the source has been read; at most `oldest.at`. */
  readonly backfilledTo: number;
  /** End of the last step in which the source was seen; null when there was none yet. */
  readonly lastCoveredAt: number | null;
  /** How often points behind the newest were corrected: when it rises, who keeps points reads them again. */
  readonly corrections: number;
  /** Why nothing more will be counted, a sentence for people; absent where nothing is wrong. */
  readonly trouble?: string;
}
