import type { Point } from '../domain/point';
import type { Slo } from '../domain/slo';
import type { StreamPoints } from '../evaluation/timeline';
import type { LedgerReader, PointsByStream } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import type { GroupHistory, SloHistory } from './read-history';

/** What was read of an SLO. */
export interface ReadSlo {
  readonly slo: Slo;
  readonly history: SloHistory;
}

/** The history of some SLOs as the ledger would hold it, in memory and for one answer. */
export class UnsavedLedger implements LedgerReader {
  /** One per group; points ascending, without gaps: the first step's start, and each step's end. */
  readonly kept: readonly StreamPoints[];

  constructor(read: readonly ReadSlo[]) {
    this.kept = read
      .flatMap(({ slo, history: { groups, scale } }) =>
        groups.map((group) => ({ slo, group, scale })),
      )
      .map(({ slo, group, scale }, index) => keep(slo, group, scale, index + 1));
  }

  streams(revisions: readonly string[]): Promise<readonly Stream[]> {
    const streams = this.kept.map(({ stream }) => stream);
    return Promise.resolve(streams.filter(({ revision }) => revisions.includes(revision)));
  }

  pointsAt(
    streams: readonly Stream[],
    instants: readonly number[],
  ): Promise<readonly PointsByStream[]> {
    const kept = streams.map(({ id }) => this.of(id));
    const points = instants.map(
      (at) => new Map(kept.map((each) => [each.stream.id, pointAt(each, at)])),
    );
    return Promise.resolve(points);
  }

  series({ id }: Stream, from: number, to: number, gridSeconds: number): Promise<readonly Point[]> {
    const wanted = this.of(id).points.filter(
      ({ at }) => at >= from && at <= to && at % gridSeconds === 0,
    );
    return Promise.resolve(wanted);
  }

  private of(id: number): StreamPoints {
    const found = this.kept[id - 1];
    if (found === undefined) throw new Error(`there is no stream ${id} in this preview`);
    return found;
  }
}

function keep(
  slo: Slo,
  { group, from, steps }: GroupHistory,
  scale: bigint,
  id: number,
): StreamPoints {
  const oldest: Point = { at: from, good: 0n, total: 0n, coveredSeconds: 0 };
  let newest = oldest;
  let lastCoveredAt: number | null = null;
  const points = [oldest];
  for (const step of steps) {
    newest = {
      at: step.at,
      good: newest.good + step.good,
      total: newest.total + step.total,
      coveredSeconds: newest.coveredSeconds + step.coveredSeconds,
    };
    points.push(newest);
    if (step.coveredSeconds > 0) lastCoveredAt = step.at;
  }
  const { service, name } = slo;
  const key = { id, service, name, group, revision: revisionOf(slo), scale };
  return {
    stream: { ...key, oldest, newest, backfilledTo: from, lastCoveredAt, corrections: 0 },
    points,
  };
}

/** The last point at or before an instant; the stream's own ends beyond them. */
function pointAt({ stream, points }: StreamPoints, at: number): Point {
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((points[middle]?.at ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return points[low] ?? stream.oldest;
}
