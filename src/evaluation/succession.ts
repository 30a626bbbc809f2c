import type { Point } from '../domain/point';
import { add, type Tally } from '../domain/tally';
import type { PointsByStream } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';

/** A stream of an earlier revision, up to where what follows it begins. */
interface Part {
  readonly stream: Stream;
  /** What follows begins at `joint.at`, with these counts. */
  readonly joint: Point;
  /** The part's own point there. */
  readonly end: Point;
}

/** Its end is yet to be read. */
export interface OpenPart {
  readonly stream: Stream;
  readonly jointAt: number;
}

/** Earlier streams, the latest first, each with the instant up to which it answers. */
export function openParts(head: Stream, earlier: readonly Stream[]): readonly OpenPart[] {
  let jointAt = head.oldest.at;
  return earlier.map((stream) => {
    const part = { stream, jointAt };
    jointAt = Math.min(jointAt, stream.oldest.at);
    return part;
  });
}

/**
 * A stream and those of earlier revisions before it, told as one: the new one answers from its oldest
 * point on, the old ones before that. Origins are arbitrary, so the old counts are moved until they
 * join on; and all of them so that the newest count goes on from what the old ones had come to, as
 * the exported counters do.
 *
 *     point(t) before the joint = head's oldest - (old point at the joint - old point at t)
 */
export class Succession {
  /** With the whole line's ends; everything else is the head's. */
  readonly stream: Stream;
  private readonly parts: readonly Part[];
  private readonly shift: Tally;

  /**
   * @param earlier all streams before it, the latest first
   * @param open those of them whose points are asked for, with their own points at their joints
   */
  constructor(
    readonly head: Stream,
    earlier: readonly Stream[],
    open: readonly (OpenPart & { readonly end: Point })[],
  ) {
    this.shift = earlier
      .map((stream) => inScale(stream.newest, stream.scale, head.scale))
      .reduce<Tally>((sum, { good, total }) => add(sum, { good, total, coveredSeconds: 0 }), {
        good: 0n,
        total: 0n,
        coveredSeconds: 0,
      });
    let joint = this.shifted(head.oldest);
    this.parts = open.map(({ stream, jointAt, end }) => {
      const part = {
        stream,
        joint: { ...joint, at: jointAt },
        end: inScale(end, stream.scale, head.scale),
      };
      const oldest = inScale(stream.oldest, stream.scale, head.scale);
      if (oldest.at < jointAt) joint = behind(part, oldest);
      return part;
    });
    const seen = [head, ...earlier]
      .map(({ lastCoveredAt }) => lastCoveredAt)
      .filter((at) => at !== null);
    this.stream = {
      ...head,
      oldest: joint,
      newest: this.shifted(head.newest),
      lastCoveredAt: seen.length === 0 ? null : Math.max(...seen),
    };
  }

  get earlier(): readonly Stream[] {
    return this.parts.map(({ stream }) => stream);
  }

  /** @param points of the head and, where the instant is not after its oldest point, of its parts */
  point(at: number, points: PointsByStream): Point | undefined {
    if (at > this.head.oldest.at) return this.shiftedIfKnown(points.get(this.head.id));
    const part = this.parts.find(({ stream }) => at > stream.oldest.at);
    if (part === undefined) return this.stream.oldest;
    const own = points.get(part.stream.id);
    if (own === undefined) return undefined;
    return behind(part, inScale(own, part.stream.scale, this.head.scale));
  }

  /**
   * The line's points of a span, ascending.
   *
   * @param series a stream's points of a span
   */
  async series(
    from: number,
    to: number,
    series: (stream: Stream, from: number, to: number) => Promise<readonly Point[]>,
  ): Promise<readonly Point[]> {
    const points: Point[] = [];
    for (const part of [...this.parts].reverse()) {
      const own = await series(part.stream, from, Math.min(to, part.joint.at));
      const before = own.filter(({ at }) => at < part.joint.at);
      for (const point of before) {
        const moved = behind(part, inScale(point, part.stream.scale, this.head.scale));
        if (moved.at > (points.at(-1)?.at ?? -Infinity)) points.push(moved);
      }
    }
    const own = await series(this.head, from, to);
    return [...points, ...own.map((point) => this.shifted(point))];
  }

  private shifted(point: Point): Point {
    return { at: point.at, ...add(point, this.shift) };
  }

  private shiftedIfKnown(point: Point | undefined): Point | undefined {
    return point === undefined ? undefined : this.shifted(point);
  }
}

function behind({ joint, end }: Pick<Part, 'joint' | 'end'>, own: Point): Point {
  return {
    at: Math.min(own.at, joint.at),
    good: joint.good - (end.good - own.good),
    total: joint.total - (end.total - own.total),
    coveredSeconds: joint.coveredSeconds - (end.coveredSeconds - own.coveredSeconds),
  };
}

/** Good and bad apart: rounded together, total could fall where only bad rises. */
function inScale(point: Point, from: bigint, to: bigint): Point {
  if (from === to) return point;
  const good = (point.good * to) / from;
  const bad = ((point.total - point.good) * to) / from;
  return { ...point, good, total: good + bad };
}
