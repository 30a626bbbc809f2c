import { between, type Point } from '../domain/point';
import { add, EMPTY_TALLY, type Tally } from '../domain/tally';
import type { PointsByStream } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';

/** The points of some streams at every instant that is asked about. */
export class Reading {
  private readonly byInstant: ReadonlyMap<number, PointsByStream>;

  /** @param points of each of the instants, in their order */
  constructor(instants: readonly number[], points: readonly PointsByStream[]) {
    this.byInstant = new Map(instants.map((instant, k) => [instant, points[k] ?? new Map()]));
  }

  /**
   * Events of (from, to] over all the streams together: groups add up, while covered time is that of
   * the group seen longest, since they share their targets.
   */
  events(streams: readonly Stream[], from: number, to: number): Tally {
    return streams
      .map((stream) => between(this.point(stream, from), this.point(stream, to), nameOf(stream)))
      .reduce(
        (sum, own) => ({
          ...add(sum, own),
          coveredSeconds: Math.max(sum.coveredSeconds, own.coveredSeconds),
        }),
        EMPTY_TALLY,
      );
  }

  point(stream: Stream, at: number): Point {
    const point = this.byInstant.get(at)?.get(stream.id);
    if (point === undefined)
      throw new Error(`no point of stream ${nameOf(stream)} at ${at} was asked for`);
    return point;
  }
}

function nameOf({ service, name, group }: Stream): string {
  return `${service}/${name}${group === null ? '' : JSON.stringify(group)}`;
}
