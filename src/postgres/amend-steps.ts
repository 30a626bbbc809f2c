import { toMillisecond } from '../domain/instant';
import { type Point, between } from '../domain/point';
import { EMPTY_TALLY, type Tally, add } from '../domain/tally';
import { DAY_SECONDS, GRID_SECONDS, MINUTE_SECONDS, dayOf } from '../ledger/grid';
import type { Amendment } from '../ledger/ledger';
import { movedBase, unpackDay } from '../ledger/point-codec';
import type { Stream } from '../ledger/stream';
import type { Database, Session } from './database';
import {
  HISTORY_COLUMNS,
  type HistoryDay,
  type HistoryRow,
  packedDay,
  toHistoryDay,
  writeHistory,
} from './history-rows';
import { livePointsAt } from './live-rows';
import { lockHeldStreams } from './locked-streams';
import type { Partitions } from './partitions';
import { packedPoints } from './point-series';
import { dateText } from './sql-array';
import { writeFlags } from './step-flags';
import { refuseImpossible, refuseOffMinute } from './step-rules';
import { streamText } from './stream-rows';

/** Corrected steps, each with all that follows it moved; see `Ledger.amend`. */
export async function amendSteps(
  database: Database,
  partitions: Partitions,
  amendments: readonly Amendment[],
): Promise<ReadonlySet<number>> {
  if (amendments.length === 0) return new Set();
  for (const { from, at } of amendments) {
    refuseOffMinute('start of an amended step', from);
    refuseOffMinute('end of an amended step', at);
  }
  const flagged = amendments.filter(({ flags }) => flags.length > 0).map(({ at }) => at);
  return partitions.during(
    () => partitions.ensure('step_flag', flagged),
    () => database.transaction((session) => write(session, amendments)),
  );
}

async function write(
  session: Session,
  amendments: readonly Amendment[],
): Promise<ReadonlySet<number>> {
  const streams = new Map(await lockHeldStreams(session, amendments));
  const changed = new Set<number>();
  for (const amendment of amendments) {
    const stream = streams.get(amendment.streamId);
    if (stream === undefined) continue;
    const step = await currentStep(session, stream, amendment);
    if (step === null || !sameTally(step, amendment.known)) continue;
    if (sameTally(amendment.difference, EMPTY_TALLY)) {
      await writeFlags(session, [amendment]);
      continue;
    }
    const amended = add(step, amendment.difference);
    refuseImpossible(
      `amended step of ${streamText(stream)} that ends at ${toMillisecond(amendment.at)}`,
      amended,
    );
    await moveLivePoints(session, stream, amendment);
    await moveHistory(session, amendment);
    streams.set(stream.id, await moveNewest(session, stream, amendment, amended));
    await writeFlags(session, [amendment]);
    await writeAudit(session, stream, amendment, step, amended);
    changed.add(stream.id);
  }
  return changed;
}

/** What the ledger holds for the step; null when a point at one of its edges does not exist. */
async function currentStep(
  session: Session,
  stream: Stream,
  { from, at }: Amendment,
): Promise<Tally | null> {
  if (from < stream.oldest.at || at > stream.newest.at || from >= at) return null;
  const live = (await livePointsAt(session, [stream.id], [from, at])).flatMap((found) =>
    found.points(),
  );
  const exact = async (instant: number): Promise<Point | undefined> =>
    [stream.newest, stream.oldest, ...live].find((point) => point.at === instant) ??
    (await packedPoints(session, stream.id, instant, instant))[0];
  const [start, end] = [await exact(from), await exact(at)];
  return start === undefined || end === undefined ? null : between(start, end, stream);
}

/** Instant by instant: the key begins with the time, and a range would visit all streams. */
async function moveLivePoints(
  session: Session,
  stream: Stream,
  { at, difference }: Amendment,
): Promise<void> {
  await session.rows(
    `update live_point p set good = p.good + $3, total = p.total + $4, covered = p.covered + $5
     where p.stream_id = $1 and p.t = any(array(
       select to_timestamp(i) from generate_series($2::bigint, $6::bigint, $7::bigint) as i))`,
    [stream.id, at, ...sqlCounts(difference), stream.newest.at, MINUTE_SECONDS],
  );
}

/**
 * Days that begin behind the step move by their base. The step's own day, whose base stands before
 * it, is written anew; so is one more where a gap or a midnight makes two of them.
 */
async function moveHistory(session: Session, amendment: Amendment): Promise<void> {
  const { streamId, at, difference } = amendment;
  const rows = await session.rows<HistoryRow>(
    `select ${HISTORY_COLUMNS} from history_day h where h.stream_id = $1 and h.day >= $2 order by h.day`,
    [streamId, dateText(dayOf(at) - DAY_SECONDS)],
  );
  await writeHistory(
    session,
    rows
      .map(toHistoryDay)
      .filter(({ day }) => day + DAY_SECONDS >= at)
      .map((row) => movedDay(row, at, difference)),
  );
}

function movedDay(row: HistoryDay, at: number, difference: Tally): HistoryDay {
  const { streamId, day, packedTo, packed } = row;
  if (day + packed.first * GRID_SECONDS >= at) {
    return { ...row, packed: { ...packed, base: movedBase(packed, difference) } };
  }
  const points = unpackDay(day, packed).map((point) =>
    point.at < at ? point : { at: point.at, ...add(point, difference) },
  );
  return packedDay(streamId, day, points, packedTo);
}

async function moveNewest(
  session: Session,
  stream: Stream,
  { at, difference }: Amendment,
  amended: Tally,
): Promise<Stream> {
  const covering = amended.coveredSeconds > 0 ? Math.max(stream.lastCoveredAt ?? at, at) : null;
  const lastCoveredAt = covering ?? stream.lastCoveredAt;
  await session.rows(
    `update stream set newest_good = newest_good + $2, newest_total = newest_total + $3,
       newest_covered = newest_covered + $4, last_covered_at = to_timestamp($5),
       corrections = corrections + 1
     where id = $1`,
    [stream.id, ...sqlCounts(difference), lastCoveredAt],
  );
  return {
    ...stream,
    lastCoveredAt,
    newest: { at: stream.newest.at, ...add(stream.newest, difference) },
  };
}

async function writeAudit(
  session: Session,
  stream: Stream,
  { from, at, flags, reason }: Amendment,
  before: Tally,
  after: Tally,
): Promise<void> {
  const step = { stream: stream.id, from: toMillisecond(from), to: toMillisecond(at) };
  await session.rows(
    `insert into audit (actor, action, subject, before, after)
     values ('collection', 'amend-step', $1, $2, $3)`,
    [
      streamText(stream),
      JSON.stringify({ ...step, ...readable(before, stream.scale) }),
      JSON.stringify({ ...step, ...readable(after, stream.scale), flags, reason }),
    ],
  );
}

/** Counts as text: they may be beyond what JSON's readers hold exactly. */
function readable({ good, total, coveredSeconds }: Tally, scale: bigint): object {
  return { good: String(good), total: String(total), scale: String(scale), coveredSeconds };
}

function sqlCounts({ good, total, coveredSeconds }: Tally): readonly unknown[] {
  return [String(good), String(total), coveredSeconds];
}

function sameTally(a: Tally, b: Tally): boolean {
  return a.good === b.good && a.total === b.total && a.coveredSeconds === b.coveredSeconds;
}
