import type { Point } from '../domain/point';
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

/**
 * Live points of streams at exactly these instants. They come as one row an instant, its columns as
 * arrays in text: tens of thousands of rows cost the driver more than the database.
 */
export async function livePointsAt(
  session: Session,
  streamIds: readonly number[],
  instants: readonly number[],
): Promise<readonly LiveRow[]> {
  const rows = await session.rows<[number, string, string, string, string]>(
    `select extract(epoch from p.t)::float8, array_agg(p.stream_id)::text, array_agg(p.good)::text,
       array_agg(p.total)::text, array_agg(p.covered)::text
     from live_point p
     where p.t = any(array(select to_timestamp(i) from unnest($1::float8[]) i))
       and p.stream_id = any($2::integer[])
     group by p.t`,
    [numbers(instants), numbers(streamIds)],
  );
  return rows.flatMap(unfolded);
}

function unfolded(row: readonly [number, string, string, string, string]): readonly LiveRow[] {
  const [at, ...columns] = row;
  const [ids = [], good = [], total = [], covered = []] = columns.map((column) =>
    column.slice(1, -1).split(','),
  );
  return ids.map((id, index) => [
    Number(id),
    at,
    BigInt(good[index] ?? 0),
    BigInt(total[index] ?? 0),
    Number(covered[index] ?? 0),
  ]);
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
