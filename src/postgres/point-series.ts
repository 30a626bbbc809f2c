import type { Point } from '../domain/point';
import { DAY_SECONDS, GRID_SECONDS, dayOf } from '../ledger/grid';
import { unpackDay } from '../ledger/point-codec';
import type { Stream } from '../ledger/stream';
import type { Session } from './database';
import { HISTORY_COLUMNS, type HistoryRow, toHistoryDay } from './history-rows';
import { LIVE_COLUMNS, type LiveRow, toPoint } from './live-rows';
import { dateText } from './sql-array';

/** A stream's points on a grid: packed days up to where its live points begin, then those. */
export async function pointSeries(
  session: Session,
  stream: Stream,
  from: number,
  to: number,
  gridSeconds: number,
): Promise<readonly Point[]> {
  const first = Math.max(from, stream.oldest.at);
  const last = Math.min(to, stream.newest.at);
  if (first > last) return [];
  const live = await liveSeries(session, stream.id, first, last, gridSeconds);
  const packed = await packedPoints(session, stream.id, first, live[0]?.at ?? last);
  const packedStep = gridSeconds % GRID_SECONDS === 0 ? gridSeconds : GRID_SECONDS;
  const history = packed.filter(({ at }) => at % packedStep === 0 && at <= last);
  const liveFrom = live[0]?.at ?? Number.POSITIVE_INFINITY;
  return [...history.filter(({ at }) => at < liveFrom), ...live];
}

/** Looked up instant by instant: the key begins with the time, and a range would read all streams. */
async function liveSeries(
  session: Session,
  streamId: number,
  from: number,
  to: number,
  gridSeconds: number,
): Promise<readonly Point[]> {
  const start = await firstLiveInstant(session);
  if (start === null || start > to) return [];
  const first = Math.ceil(Math.max(from, start) / gridSeconds) * gridSeconds;
  const rows = await session.rows<LiveRow>(
    `select ${LIVE_COLUMNS}
     from live_point p
     where p.stream_id = $1 and p.t = any(array(
       select to_timestamp(i) from generate_series($2::bigint, $3::bigint, $4::bigint) as i))
     order by p.t`,
    [streamId, first, to, gridSeconds],
  );
  return rows.map(toPoint);
}

async function firstLiveInstant(session: Session): Promise<number | null> {
  const [row] = await session.rows<[number]>(
    'select extract(epoch from p.t)::float8 from live_point p order by p.t limit 1',
  );
  return row?.[0] ?? null;
}

/** Five-minute points in [from, to], each midnight once. */
export async function packedPoints(
  session: Session,
  streamId: number,
  from: number,
  to: number,
): Promise<readonly Point[]> {
  const rows = await session.rows<HistoryRow>(
    `select ${HISTORY_COLUMNS} from history_day h
     where h.stream_id = $1 and h.day between $2 and $3 order by h.day`,
    [streamId, dateText(dayOf(from) - DAY_SECONDS), dateText(to)],
  );
  const points: Point[] = [];
  for (const { day, packed } of rows.map(toHistoryDay)) {
    for (const point of unpackDay(day, packed)) {
      const told = points.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
      if (point.at > told && point.at >= from && point.at <= to) points.push(point);
    }
  }
  return points;
}
