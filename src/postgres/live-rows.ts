import type { Point } from '../domain/point';
import { bigints, column, type ColumnBytes, integers } from './columns';
import type { Session } from './database';
import { numbers } from './sql-array';

export type LiveRow = readonly [
  streamId: number,
  at: number,
  good: bigint,
  total: bigint,
  covered: number,
];

/** In the order of `LiveRow`; the table's alias is `p`. */
export const LIVE_COLUMNS =
  'p.stream_id, extract(epoch from p.t)::float8, p.good, p.total, p.covered';

export function toPoint(row: LiveRow): Point {
  return { at: row[1], good: row[2], total: row[3], coveredSeconds: row[4] };
}

/** Beyond this many streams a minute is read whole: looking each stream up takes longer. */
const MOST_LOOKED_UP = 250;

/** Live points of streams at exactly these instants; some of others, too, where a minute is read whole. */
export async function livePointsAt(
  session: Session,
  streamIds: readonly number[],
  instants: readonly number[],
): Promise<readonly LivePoints[]> {
  const some = streamIds.length <= MOST_LOOKED_UP;
  const rows = await session.rows<readonly [number, ...LiveColumns]>(
    `select i.at, p.* from unnest($1::float8[]) as i(at) cross join lateral (
       select ${COLUMNS.join(', ')} from live_point p
       where p.t = to_timestamp(i.at) ${some ? 'and p.stream_id = any($2::integer[])' : ''}
     ) as p`,
    some ? [numbers(instants), numbers(streamIds)] : [numbers(instants)],
  );
  return rows.map(([at, ...columns]) => new LivePoints(at, columns));
}

/** When the first live point is of, epoch seconds; null where there is none. */
export async function oldestLive(session: Session): Promise<number | null> {
  const [row] = await session.rows<[number]>(
    'select extract(epoch from p.t)::float8 from live_point p order by p.t limit 1',
  );
  return row?.[0] ?? null;
}

const COLUMNS = ['p.stream_id', 'p.good', 'p.total', 'p.covered'].map(column);

type LiveColumns = [
  streamId: ColumnBytes,
  good: ColumnBytes,
  total: ColumnBytes,
  covered: ColumnBytes,
];

/** The points of one minute, kept as columns until each is asked for. */
export class LivePoints {
  readonly streamIds: Int32Array;
  private readonly good: BigInt64Array;
  private readonly total: BigInt64Array;
  private readonly covered: Int32Array;

  constructor(
    readonly at: number,
    [streamId, good, total, covered]: LiveColumns,
  ) {
    this.streamIds = integers(streamId);
    this.good = bigints(good);
    this.total = bigints(total);
    this.covered = integers(covered);
  }

  point(k: number): Point {
    return {
      at: this.at,
      good: this.good[k] ?? 0n,
      total: this.total[k] ?? 0n,
      coveredSeconds: this.covered[k] ?? 0,
    };
  }

  points(): readonly Point[] {
    return Array.from(this.streamIds, (_, k) => this.point(k));
  }
}

export interface LivePoint extends Point {
  readonly streamId: number;
}

/** Writes points, over what was there; their partitions exist. */
export async function writeLive(session: Session, points: readonly LivePoint[]): Promise<void> {
  if (points.length === 0) return;
  await session.rows(
    `insert into live_point (t, stream_id, covered, good, total)
     select to_timestamp(p.at), p.id, p.covered, p.good, p.total
     from unnest($1::float8[], $2::integer[], $3::integer[], $4::bigint[], $5::bigint[])
       as p(at, id, covered, good, total)
     on conflict (t, stream_id) do update set
       covered = excluded.covered, good = excluded.good, total = excluded.total`,
    [
      numbers(points.map((point) => point.at)),
      numbers(points.map((point) => point.streamId)),
      numbers(points.map((point) => point.coveredSeconds)),
      numbers(points.map((point) => point.good)),
      numbers(points.map((point) => point.total)),
    ],
  );
}
