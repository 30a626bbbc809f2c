import type { Point } from '../domain/point';
import { DAY_SECONDS, GRID_SECONDS, LIVE_DAYS, dayOf, floorTo } from '../ledger/grid';
import { unpackDay } from '../ledger/point-codec';
import type { Stream } from '../ledger/stream';
import type { Database, Session } from './database';
import { type HistoryDay, historyOf, packedDay, writeHistory } from './history-rows';
import { LIVE_COLUMNS, type LiveRow, oldestLive, toPoint } from './live-rows';
import { lockStreams } from './locked-streams';
import type { Partitions } from './partitions';
import { pointsAt } from './points-at';
import { dateText, numbers } from './sql-array';

/** Streams of one packing transaction: some 30 000 rows, which hold nobody up for long. */
const PACKED_AT_ONCE = 100;
const DAYS_AHEAD = [0, 1, 2];
const DAYS_TO_NEXT_MONTHS = [0, 31, 62];

/** Housekeeping; see `Ledger.maintain`. Any number of replicas may do it at the same time. */
export async function maintain(
  database: Database,
  partitions: Partitions,
  now: number,
  retentionSeconds: number,
): Promise<void> {
  const today = dayOf(now);
  await makeComing(partitions, today);
  for (const day of await liveDays(database, today))
    await packDayOf(database, partitions, day, today);
  await partitions.dropBefore('live_point', today - LIVE_DAYS * DAY_SECONDS);
  const horizon = dayOf(now - retentionSeconds);
  await partitions.dropBefore('step_flag', horizon);
  await partitions.dropBefore('history_day', horizon);
  await forgetOldEnds(database, horizon);
}

async function makeComing(partitions: Partitions, today: number): Promise<void> {
  const days = (offsets: readonly number[]) => offsets.map((days) => today + days * DAY_SECONDS);
  await partitions.ensure('live_point', days(DAYS_AHEAD));
  await partitions.ensure('history_day', days(DAYS_TO_NEXT_MONTHS));
  await partitions.ensure('step_flag', days(DAYS_TO_NEXT_MONTHS));
}

/** Past days that have live points, from the first. */
async function liveDays(session: Session, today: number): Promise<readonly number[]> {
  const days: number[] = [];
  for (let day = dayOf((await oldestLive(session)) ?? today); day < today; day += DAY_SECONDS)
    days.push(day);
  return days;
}

async function packDayOf(
  database: Database,
  partitions: Partitions,
  day: number,
  today: number,
): Promise<void> {
  const ids = await unpackedStreams(database, day, today);
  for (let start = 0; start < ids.length; start += PACKED_AT_ONCE) {
    const some = ids.slice(start, start + PACKED_AT_ONCE);
    await partitions.during(
      () => partitions.ensure('history_day', [day]),
      () => database.transaction((session) => packStreams(session, some, day)),
    );
  }
}

/**
 * Streams whose day is not wholly in history: those that are past it, and once the day is to leave
 * the live points also those that stopped within it.
 */
async function unpackedStreams(
  session: Session,
  day: number,
  today: number,
): Promise<readonly number[]> {
  const end = day + DAY_SECONDS;
  const leaving = end <= today - LIVE_DAYS * DAY_SECONDS;
  const rows = await session.rows<[number]>(
    `select s.id from stream s
     left join history_day h on h.stream_id = s.id and h.day = $1
     where s.oldest_at < to_timestamp($3) and s.newest_at >= to_timestamp($4)
       and (h.packed_to is null or h.packed_to < least(s.newest_at, to_timestamp($3)))
       and s.newest_at >= to_timestamp($2)
     order by s.id`,
    [dateText(day), leaving ? day : end, end, day],
  );
  return rows.map(([id]) => id);
}

async function packStreams(session: Session, ids: readonly number[], day: number): Promise<void> {
  const streams = await lockStreams(session, ids);
  const live = await liveGrid(session, ids, day);
  const kept = new Map(
    (await historyOf(session, ids, day)).map((row): [number, HistoryDay] => [row.streamId, row]),
  );
  const days: HistoryDay[] = [];
  for (const stream of streams.values()) {
    const row = kept.get(stream.id);
    const points = merged(row, live.get(stream.id) ?? []);
    const complete = await withBase(session, stream, points, day);
    days.push(packedDay(stream.id, day, complete, stream.newest.at));
  }
  await writeHistory(session, days);
}

async function liveGrid(
  session: Session,
  ids: readonly number[],
  day: number,
): Promise<ReadonlyMap<number, Point[]>> {
  const rows = await session.rows<LiveRow>(
    `select ${LIVE_COLUMNS} from live_point p
     where p.t = any(array(
         select to_timestamp(i) from generate_series($1::bigint, $2::bigint, $3::bigint) as i))
       and p.stream_id = any($4::integer[])
     order by p.t`,
    [day, day + DAY_SECONDS, GRID_SECONDS, numbers(ids)],
  );
  const points = new Map<number, Point[]>();
  for (const row of rows) {
    const ofStream = points.get(row[0]);
    if (ofStream === undefined) points.set(row[0], [toPoint(row)]);
    else ofStream.push(toPoint(row));
  }
  return points;
}

/** A stream that stopped within the day and came back has its beginning packed and its end live. */
function merged(row: HistoryDay | undefined, live: readonly Point[]): readonly Point[] {
  if (row === undefined) return live;
  const liveFrom = live[0]?.at ?? Number.POSITIVE_INFINITY;
  return [...unpackDay(row.day, row.packed).filter(({ at }) => at < liveFrom), ...live];
}

/**
 * With the point that was valid at the day's beginning, where a gap lies over that midnight. A stream
 * that begins between two places of the grid had its oldest counts on the place before, too.
 */
async function withBase(
  session: Session,
  stream: Stream,
  points: readonly Point[],
  day: number,
): Promise<readonly Point[]> {
  const first = points[0]?.at ?? Number.POSITIVE_INFINITY;
  if (first <= Math.max(day, stream.oldest.at)) return points;
  const [found] = await pointsAt(session, [stream], [day], null);
  const base = found?.get(stream.id) ?? stream.oldest;
  return [{ ...base, at: floorTo(base.at, GRID_SECONDS) }, ...points];
}

/**
 * Where history was dropped, streams begin with what is left; one that has nothing left, with its
 * end. Done every time: a kill after the dropping would otherwise leave ends that nothing holds.
 */
async function forgetOldEnds(session: Session, horizon: number): Promise<void> {
  await session.rows(
    `update stream s set oldest_at = o.at, oldest_good = o.good, oldest_total = o.total, oldest_covered = o.covered
     from stream w
     cross join lateral (
       select * from (
         (select (h.day::timestamp at time zone 'UTC') + h.first * interval '300 s' as at,
            h.base_good as good, h.base_total as total, h.base_covered as covered
          from history_day h where h.stream_id = w.id order by h.day limit 1)
         union all
         select w.newest_at, w.newest_good, w.newest_total, w.newest_covered
       ) as ends order by ends.at limit 1
     ) as o
     where w.id = s.id and s.oldest_at < o.at
       and s.oldest_at < date_trunc('month', $1::date::timestamp) at time zone 'UTC'`,
    [dateText(horizon)],
  );
}
