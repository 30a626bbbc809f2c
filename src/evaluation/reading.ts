import type { Point } from '../domain/point';
import type { Slo } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import type { PointsByStream } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { lookBackStart } from './look-back';
import { type Counted, countedBetween, nameOf, together } from './missing-time';

/** The points of some streams at every instant that is asked about. */
export class Reading {
  private readonly byInstant: ReadonlyMap<number, PointsByStream>;
  private readonly spans = new Map<number, Span>();

  /** @param points of each of the instants, in their order */
  constructor(instants: readonly number[], points: readonly PointsByStream[]) {
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

  /** What the streams counted together in (from, to]. */
  counted(slo: Slo, streams: readonly Stream[], from: number, to: number): Counted {
    const [only] = streams;
    if (only !== undefined && streams.length === 1) {
      return countedBetween(slo, only, this.point(only, from), this.point(only, to));
    }
    return together(
      streams.map((stream) =>
        countedBetween(slo, stream, this.point(stream, from), this.point(stream, to)),
      ),
    );
  }

  private point(stream: Stream, at: number): Point {
    const point = this.byInstant.get(at)?.get(stream.id);
    if (point === undefined)
      throw new Error(`no point of stream ${nameOf(stream)} at ${at} was asked for`);
    return point;
  }
}
