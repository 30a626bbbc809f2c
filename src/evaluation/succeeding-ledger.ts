import type { Point } from '../domain/point';
import type { Group } from '../domain/slo';
import type { LedgerReader, PointsByStream } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { type OpenPart, openParts, Succession } from './succession';
import { sameGroup } from './streams-of';

/** What is to be told of one SLO. */
export interface Continuing {
  /** Streams of its present revision. */
  readonly present: readonly Stream[];
  /** Streams of its earlier ones. */
  readonly earlier: readonly Stream[];
  /** The earliest instant that is asked about, epoch seconds. */
  readonly reach: number;
}

/**
 * A ledger in which streams of earlier revisions stand before those that followed them, so that
 * whoever asks about the past need not know that the query was another one then.
 */
export class SucceedingLedger implements LedgerReader {
  private readonly lines = new Map<number, Succession>();

  constructor(private readonly ledger: LedgerReader) {}

  /** Streams as they are: nothing stands before them. */
  streams(revisions: readonly string[]): Promise<readonly Stream[]> {
    return this.ledger.streams(revisions);
  }

  /**
   * The present streams of each SLO continued backwards; then the earlier ones of groups that have
   * none, which end where the present revision begins.
   */
  async continued(all: readonly Continuing[]): Promise<readonly (readonly Stream[])[]> {
    const planned = all.map((slo) => (slo.earlier.length === 0 ? null : planOf(slo)));
    const ends = await this.endsOf(
      planned.flatMap((plan) => plan?.flatMap(({ open }) => open) ?? []),
    );
    return planned.map(
      (plan, k) =>
        plan?.map(({ head, earlier, open }) => {
          if (earlier.length === 0) return head;
          const line = new Succession(
            head,
            earlier,
            open.map((part) => ({ ...part, end: ends.get(part) ?? part.stream.newest })),
          );
          this.lines.set(head.id, line);
          return line.stream;
        }) ??
        all[k]?.present ??
        [],
    );
  }

  async pointsAt(
    streams: readonly Stream[],
    instants: readonly number[],
  ): Promise<readonly PointsByStream[]> {
    const lines = streams.flatMap(({ id }) => this.lines.get(id) ?? []);
    if (lines.length === 0) return this.ledger.pointsAt(streams, instants);
    const farthest = Math.min(...instants);
    const reaching = lines.filter(({ head }) => farthest <= head.oldest.at);
    const asked = [
      ...streams.map((stream) => this.lines.get(stream.id)?.head ?? stream),
      ...reaching.flatMap(({ earlier }) => earlier),
    ].filter(({ id }) => id > 0);
    const found = await this.ledger.pointsAt(asked, instants);
    return instants.map((at, k) => {
      const points = found[k] ?? new Map<number, Point>();
      return {
        get: (id) => {
          const line = this.lines.get(id);
          return line === undefined ? points.get(id) : line.point(at, withEnds(points, line.head));
        },
      };
    });
  }

  series(stream: Stream, from: number, to: number, gridSeconds: number): Promise<readonly Point[]> {
    const read = (of: Stream, first: number, last: number) =>
      of.id > 0 ? this.ledger.series(of, first, last, gridSeconds) : Promise.resolve([]);
    return this.lines.get(stream.id)?.series(from, to, read) ?? read(stream, from, to);
  }

  /** Queries that changed together join at the same instant: one question each. */
  private async endsOf(parts: readonly OpenPart[]): Promise<ReadonlyMap<OpenPart, Point>> {
    const ends = new Map<OpenPart, Point>();
    for (const at of new Set(parts.map(({ jointAt }) => jointAt))) {
      const joining = parts.filter(({ jointAt }) => jointAt === at);
      const [points] = await this.ledger.pointsAt(
        joining.map(({ stream }) => stream),
        [at],
      );
      for (const part of joining) ends.set(part, points?.get(part.stream.id) ?? part.stream.newest);
    }
    return ends;
  }
}

interface PlannedLine {
  readonly head: Stream;
  readonly earlier: readonly Stream[];
  readonly open: readonly OpenPart[];
}

function planOf({ present, earlier, reach }: Continuing): readonly PlannedLine[] {
  const latest = [...earlier].sort((a, b) => b.newest.at - a.newest.at);
  const lineOf = (head: Stream, own: readonly Stream[]): PlannedLine => ({
    head,
    earlier: own,
    open: head.oldest.at <= reach ? [] : openParts(head, own),
  });
  const before = (group: Group) => latest.filter((stream) => sameGroup(stream.group, group));
  const lines = present.map((head) => lineOf(head, before(head.group)));
  const begins = Math.min(...present.map(({ oldest }) => oldest.at));
  for (const stream of latest) {
    if (lines.some(({ head }) => sameGroup(head.group, stream.group))) continue;
    const own = before(stream.group);
    const line =
      present.length === 0 ? lineOf(stream, own.slice(1)) : lineOf(endOf(stream, begins), own);
    lines.push(line);
  }
  return lines;
}

/** A group that the present revision does not have ends where that begins: nothing is counted twice. */
function endOf(stream: Stream, begins: number): Stream {
  const end: Point = { at: begins, good: 0n, total: 0n, coveredSeconds: 0 };
  return { ...stream, id: -stream.id, oldest: end, newest: end };
}

/** Such an end is in no ledger; it answers for all that follows. */
function withEnds(points: PointsByStream, head: Stream): PointsByStream {
  return head.id > 0 ? points : { get: (id) => (id === head.id ? head.newest : points.get(id)) };
}
