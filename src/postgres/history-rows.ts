import type { Point } from '../domain/point';
import { DAY_SECONDS, GRID_SECONDS } from '../ledger/grid';
import { CODEC_VERSION, type PackedDay, packDay } from '../ledger/point-codec';
import { bigints, byteStrings, column, type ColumnBytes, instants, integers } from './columns';
import type { Session } from './database';
import { dateText, dates, numbers } from './sql-array';

/** A stream's packed day as it is kept. */
export interface HistoryDay {
  readonly streamId: number;
  /** Epoch seconds of the day's beginning. */
  readonly day: number;
  /** All points of the day up to this instant are in. */
  readonly packedTo: number;
  readonly packed: PackedDay;
}

export type HistoryRow = readonly [
  streamId: number,
  day: number,
  packedTo: number,
  baseGood: bigint,
  baseTotal: bigint,
  baseCovered: number,
  first: number,
  entries: Uint8Array,
];

/** In the order of `HistoryRow`; the table's alias is `h`. */
export const HISTORY_COLUMNS = `
  h.stream_id, extract(epoch from h.day)::float8, extract(epoch from h.packed_to)::float8,
  h.base_good, h.base_total, h.base_covered, h.first, h.entries`;

export function toHistoryDay(row: HistoryRow): HistoryDay {
  return {
    streamId: row[0],
    day: row[1],
    packedTo: row[2],
    packed: {
      base: { good: row[3], total: row[4], coveredSeconds: row[5] },
      first: row[6],
      entries: row[7],
    },
  };
}

/** Of many streams on one day: one partition, found while planning. */
export async function historyOf(
  session: Session,
  streamIds: readonly number[],
  day: number,
): Promise<readonly HistoryDay[]> {
  const [row] = await session.rows<ManyColumns>(
    `select ${MANY.join(', ')} from history_day h where h.day = $1 and h.stream_id = any($2::integer[])`,
    [dateText(day), numbers(streamIds)],
  );
  return row === undefined ? [] : unfolded(row, day);
}

const MANY = [
  'h.stream_id',
  'h.packed_to',
  'h.base_good',
  'h.base_total',
  'h.base_covered',
  'h.first::integer',
  'h.entries',
].map(column);

type ManyColumns = readonly [
  streamId: ColumnBytes,
  packedTo: ColumnBytes,
  baseGood: ColumnBytes,
  baseTotal: ColumnBytes,
  baseCovered: ColumnBytes,
  first: ColumnBytes,
  entries: ColumnBytes,
];

function unfolded(row: ManyColumns, day: number): readonly HistoryDay[] {
  const [ids, packedTo, good] = [integers(row[0]), instants(row[1]), bigints(row[2])];
  const [total, covered, first] = [bigints(row[3]), integers(row[4]), integers(row[5])];
  const entries = byteStrings(row[6]);
  return Array.from(ids, (streamId, k) => ({
    streamId,
    day,
    packedTo: packedTo[k] ?? NaN,
    packed: {
      base: { good: good[k] ?? 0n, total: total[k] ?? 0n, coveredSeconds: covered[k] ?? 0 },
      first: first[k] ?? 0,
      entries: entries[k] ?? new Uint8Array(),
    },
  }));
}

/** A stream's last point up to the beginning of a day. */
export interface DayBase {
  readonly streamId: number;
  /** Epoch seconds of the day's beginning. */
  readonly day: number;
  readonly point: Point;
}

/** What packed days begin with, where that is their midnight or lies before it; their entries stay unread. */
export async function basesOf(
  session: Session,
  streamIds: readonly number[],
  midnights: readonly number[],
): Promise<readonly DayBase[]> {
  const [row] = await session.rows<BaseColumns>(
    `select ${BASES.join(', ')} from history_day h
     where h.day = any($1::date[]) and h.stream_id = any($2::integer[]) and h.first <= 0`,
    [dates(midnights), numbers(streamIds)],
  );
  if (row === undefined) return [];
  const [ids, days, covered, first] = [row[0], row[1], row[4], row[5]].map(integers);
  const [good, total] = [bigints(row[2]), bigints(row[3])];
  return Array.from(ids ?? [], (streamId, k) => {
    const at = (days?.[k] ?? NaN) * DAY_SECONDS;
    return {
      streamId,
      day: at,
      point: {
        at: at + (first?.[k] ?? NaN) * GRID_SECONDS,
        good: good[k] ?? 0n,
        total: total[k] ?? 0n,
        coveredSeconds: covered?.[k] ?? 0,
      },
    };
  });
}

const BASES = [
  'h.stream_id',
  `h.day - date '1970-01-01'`,
  'h.base_good',
  'h.base_total',
  'h.base_covered',
  'h.first::integer',
].map(column);

type BaseColumns = readonly [
  streamId: ColumnBytes,
  day: ColumnBytes,
  baseGood: ColumnBytes,
  baseTotal: ColumnBytes,
  baseCovered: ColumnBytes,
  first: ColumnBytes,
];

/** @param points ascending; the day's own, or before them the last one up to the day's beginning */
export function packedDay(
  streamId: number,
  day: number,
  points: readonly Point[],
  packedTo: number,
): HistoryDay {
  return {
    streamId,
    day,
    packedTo: Math.min(packedTo, day + DAY_SECONDS),
    packed: packDay(day, points),
  };
}

/** Writes days, over what was there; their partitions exist. */
export async function writeHistory(session: Session, days: readonly HistoryDay[]): Promise<void> {
  if (days.length === 0) return;
  await session.rows(
    `insert into history_day as h
       (stream_id, day, packed_to, base_good, base_total, base_covered, first, entries, codec)
     select d.stream_id, d.day, to_timestamp(d.packed_to), d.base_good, d.base_total, d.base_covered,
       d.first, d.entries, $9
     from unnest($1::integer[], $2::date[], $3::float8[], $4::bigint[], $5::bigint[], $6::integer[],
       $7::smallint[], $8::bytea[])
       as d(stream_id, day, packed_to, base_good, base_total, base_covered, first, entries)
     on conflict (stream_id, day) do update set
       packed_to = excluded.packed_to, base_good = excluded.base_good, base_total = excluded.base_total,
       base_covered = excluded.base_covered, first = excluded.first, entries = excluded.entries,
       codec = excluded.codec`,
    [
      numbers(days.map((row) => row.streamId)),
      dates(days.map((row) => row.day)),
      numbers(days.map((row) => row.packedTo)),
      numbers(days.map((row) => row.packed.base.good)),
      numbers(days.map((row) => row.packed.base.total)),
      numbers(days.map((row) => row.packed.base.coveredSeconds)),
      numbers(days.map((row) => row.packed.first)),
      days.map((row) => Buffer.from(row.packed.entries)),
      CODEC_VERSION,
    ],
  );
}
