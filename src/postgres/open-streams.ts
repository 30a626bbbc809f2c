import type { Stream, StreamBeginning } from '../ledger/stream';
import type { Database, Session } from './database';
import type { Partitions } from './partitions';
import { refuseOffGrid } from './step-rules';
import { numbers } from './sql-array';
import { STREAM_COLUMNS, type StreamRow, toStream } from './stream-rows';

/**
 * What was asked for, in $1. An SLO without groups has jsonb's null for its group: that is a value
 * and equals itself, which SQL's null does not.
 */
const KEYS = `
  select place, service, name, coalesce("group", 'null'::jsonb) as "group", revision
  from jsonb_to_recordset($1::jsonb)
    as r(place integer, service text, name text, "group" jsonb, revision text)`;

/** Streams by key, those that are missing begun with a point of zeros. */
export async function openStreams(
  database: Database,
  partitions: Partitions,
  beginnings: readonly StreamBeginning[],
): Promise<readonly Stream[]> {
  if (beginnings.length === 0) return [];
  for (const beginning of beginnings) refuseOffGrid('startsAt', beginning.startsAt);
  const found = await find(database, beginnings);
  if (found.every((stream) => stream !== null)) return found;
  const missing = beginnings.filter((_, index) => found[index] === null);
  await partitions.during(
    () =>
      partitions.ensure(
        'live_point',
        missing.map((beginning) => beginning.startsAt),
      ),
    () => begin(database, missing),
  );
  return (await find(database, beginnings)).filter((stream) => stream !== null);
}

/** Another replica may begin the same ones at the same time: the first to commit has begun them. */
async function begin(database: Database, missing: readonly StreamBeginning[]): Promise<void> {
  await database.rows(
    `with begun as (
       insert into stream (service, name, "group", revision, scale, oldest_at, oldest_good, oldest_total,
         oldest_covered, newest_at, newest_good, newest_total, newest_covered, backfilled_to)
       select k.service, k.name, k."group", k.revision, b.scale, to_timestamp(b.starts_at), 0, 0, 0,
         to_timestamp(b.starts_at), 0, 0, 0, to_timestamp(b.starts_at)
       from (${KEYS}) as k
       join unnest($2::bigint[], $3::float8[]) with ordinality as b(scale, starts_at, place) using (place)
       order by k.revision, k.service, k.name, k."group"
       on conflict on constraint stream_key do nothing
       returning id, newest_at
     )
     insert into live_point (t, stream_id, covered, good, total) select newest_at, id, 0, 0, 0 from begun`,
    [
      keys(missing),
      numbers(missing.map((beginning) => beginning.scale)),
      numbers(missing.map((beginning) => beginning.startsAt)),
    ],
  );
}

/** In the order asked; null where there is none. */
async function find(
  session: Session,
  beginnings: readonly StreamBeginning[],
): Promise<readonly (Stream | null)[]> {
  const rows = await session.rows<[number, ...StreamRow]>(
    `select k.place, ${STREAM_COLUMNS}
     from (${KEYS}) as k
     join stream s on s.revision = k.revision and s.service = k.service and s.name = k.name and s."group" = k."group"`,
    [keys(beginnings)],
  );
  const byPlace = new Map(rows.map(([place, ...row]) => [place, toStream(row)]));
  return beginnings.map((_, index) => byPlace.get(index + 1) ?? null);
}

function keys(beginnings: readonly StreamBeginning[]): string {
  return JSON.stringify(
    beginnings.map(({ service, name, group, revision }, index) => ({
      place: index + 1,
      service,
      name,
      group,
      revision,
    })),
  );
}
