import { InvalidValue } from '../domain/invalid-value';
import type { Point } from '../domain/point';
import { DAY_SECONDS, GRID_SECONDS, LIVE_DAYS, dayOf, onGrid } from '../ledger/grid';
import type { Prepend } from '../ledger/ledger';
import { unpackDay } from '../ledger/point-codec';
import type { Stream } from '../ledger/stream';
import type { Database, Session } from './database';
import { type HistoryDay, historyOf, packedDay, writeHistory } from './history-rows';
import { type LivePoint, writeLive } from './live-rows';
import { lockHeldStreams } from './locked-streams';
import type { Partitions } from './partitions';
import { pointSeries } from './point-series';
import { numbers } from './sql-array';
import { type FlaggedStep, writeFlags } from './step-flags';
import { refuseBadSteps, refuseOffMinute, refuseRepeated } from './step-rules';

/** Older points of many streams, in one transaction; see `Ledger.prepend`. */
export async function prependSteps(
  database: Database,
  partitions: Partitions,
  prepends: readonly Prepend[],
): Promise<ReadonlySet<number>> {
  if (prepends.length === 0) return new Set();
  refuseRepeated(prepends.map((prepend) => prepend.streamId));
  for (const prepend of prepends) refuseBadPrepend(prepend);
  return partitions.during(
    () => ensurePartitions(database, partitions, prepends),
    () => database.transaction((session) => write(session, prepends)),
  );
}

/** A stream's new old end: points from its new oldest up to the one that was oldest. */
interface Extension {
  readonly stream: Stream;
  readonly prepend: Prepend;
  readonly points: readonly Point[];
}

async function write(session: Session, prepends: readonly Prepend[]): Promise<ReadonlySet<number>> {
  const streams = await lockHeldStreams(session, prepends);
  const extensions = prepends.flatMap((prepend) => extensionOf(prepend, streams));
  await writeLive(session, extensions.flatMap(livePart));
  await writeHistory(session, await historyPart(session, extensions));
  await writeFlags(session, extensions.flatMap(flagged));
  await moveOldEnds(session, extensions);
  return new Set(extensions.map(({ stream }) => stream.id));
}

function extensionOf(prepend: Prepend, streams: ReadonlyMap<number, Stream>): readonly Extension[] {
  const stream = streams.get(prepend.streamId);
  if (stream?.backfilledTo !== prepend.before) return [];
  const end = prepend.steps.at(-1)?.at ?? stream.oldest.at;
  if (end !== stream.oldest.at) return [];
  const points: Point[] = [stream.oldest];
  let { good, total, coveredSeconds } = stream.oldest;
  for (const [index, step] of [...prepend.steps.entries()].reverse()) {
    good -= step.good;
    total -= step.total;
    coveredSeconds -= step.coveredSeconds;
    points.push({
      at: prepend.steps[index - 1]?.at ?? prepend.stepsFrom,
      good,
      total,
      coveredSeconds,
    });
  }
  return [{ stream, prepend, points: points.reverse() }];
}

/** Where live points begin: this many whole days before the day of the stream's newest point. */
function liveFrom(newestAt: number): number {
  return dayOf(newestAt) - LIVE_DAYS * DAY_SECONDS;
}

function livePart({ stream, points }: Extension): readonly LivePoint[] {
  return points
    .filter((point) => point.at >= liveFrom(stream.newest.at) && point.at < stream.oldest.at)
    .map((point) => ({ ...point, streamId: stream.id }));
}

/**
 * Days to write into history: those too old to live, and those that are whole now. A day that the
 * old oldest point stands in has later points already, packed or live, and they are kept.
 */
async function historyPart(
  session: Session,
  extensions: readonly Extension[],
): Promise<readonly HistoryDay[]> {
  const extended = extensions.filter(({ points }) => points.length > 1);
  const kept = await keptBoundaries(session, extended);
  const days: HistoryDay[] = [];
  for (const extension of extended) {
    days.push(...wholeDays(extension));
    days.push(...(await boundaryDay(session, extension, kept.get(extension.stream.id))));
  }
  return days;
}

/** The packed days that old oldest points stand in, by stream. */
async function keptBoundaries(
  session: Session,
  extensions: readonly Extension[],
): Promise<ReadonlyMap<number, HistoryDay>> {
  const kept = new Map<number, HistoryDay>();
  for (const day of new Set(extensions.map(({ stream }) => dayOf(stream.oldest.at)))) {
    const ids = extensions
      .map(({ stream }) => stream)
      .filter(({ oldest }) => dayOf(oldest.at) === day);
    const rows = await historyOf(
      session,
      ids.map(({ id }) => id),
      day,
    );
    for (const row of rows) kept.set(row.streamId, row);
  }
  return kept;
}

/** Days that end at or before the old oldest point: all their points are new. */
function wholeDays({ stream, points }: Extension): readonly HistoryDay[] {
  const [oldest] = points;
  if (oldest === undefined) return [];
  const grid = points.filter((point) => onGrid(point.at));
  const days: HistoryDay[] = [];
  for (let day = dayOf(oldest.at); day + DAY_SECONDS <= stream.oldest.at; day += DAY_SECONDS) {
    const isWhole = oldest.at <= day;
    if (!isWhole && day >= liveFrom(stream.newest.at)) continue;
    const within = pointsOfDay(grid, day);
    if (within.length > 0) days.push(packedDay(stream.id, day, within, day + DAY_SECONDS));
  }
  return days;
}

async function boundaryDay(
  session: Session,
  { stream, points }: Extension,
  kept: HistoryDay | undefined,
): Promise<readonly HistoryDay[]> {
  const day = dayOf(stream.oldest.at);
  if (day === stream.oldest.at) return [];
  const end = Math.min(stream.newest.at, day + DAY_SECONDS);
  const oldest = points[0] ?? stream.oldest;
  const isWhole = end === day + DAY_SECONDS && oldest.at <= day;
  if (kept === undefined && !isWhole && day >= liveFrom(stream.newest.at)) return [];
  const later =
    kept === undefined
      ? await pointSeries(session, stream, stream.oldest.at, end, GRID_SECONDS)
      : unpackDay(day, kept.packed);
  const merged = [
    ...points.filter(({ at }) => onGrid(at) && at < stream.oldest.at),
    ...later.filter(({ at }) => at >= stream.oldest.at),
  ];
  const within = pointsOfDay(merged, day);
  return within.length === 0 ? [] : [packedDay(stream.id, day, within, kept?.packedTo ?? end)];
}

/** A day's points with its two midnights; before them the last earlier one if the first midnight has none. */
export function pointsOfDay(points: readonly Point[], day: number): readonly Point[] {
  const start = points.findLastIndex((point) => point.at <= day);
  return points.slice(Math.max(start, 0)).filter((point) => point.at <= day + DAY_SECONDS);
}

function flagged({ prepend }: Extension): readonly FlaggedStep[] {
  return prepend.steps
    .filter((step) => step.flags.length > 0)
    .map(({ at, flags }) => ({ streamId: prepend.streamId, at, flags }));
}

async function moveOldEnds(session: Session, extensions: readonly Extension[]): Promise<void> {
  const oldest = extensions.map(({ points, stream }) => points[0] ?? stream.oldest);
  await session.rows(
    `update stream s set
       oldest_at = to_timestamp(e.at), oldest_good = e.good, oldest_total = e.total,
       oldest_covered = e.covered, backfilled_to = to_timestamp(e.read_back_to),
       last_covered_at = coalesce(s.last_covered_at, to_timestamp(e.last_covered))
     from unnest($1::integer[], $2::float8[], $3::bigint[], $4::bigint[], $5::integer[], $6::float8[],
       $7::float8[]) as e(id, at, good, total, covered, read_back_to, last_covered)
     where s.id = e.id`,
    [
      numbers(extensions.map(({ stream }) => stream.id)),
      numbers(oldest.map((point) => point.at)),
      numbers(oldest.map((point) => point.good)),
      numbers(oldest.map((point) => point.total)),
      numbers(oldest.map((point) => point.coveredSeconds)),
      numbers(extensions.map(({ prepend }) => prepend.readBackTo)),
      numbers(
        extensions.map(
          ({ prepend }) => prepend.steps.findLast((step) => step.coveredSeconds > 0)?.at ?? null,
        ),
      ),
    ],
  );
}

async function ensurePartitions(
  session: Session,
  partitions: Partitions,
  prepends: readonly Prepend[],
): Promise<void> {
  const [row] = await session.rows<[number | null]>(
    `select extract(epoch from max(newest_at))::float8 from stream where id = any($1::integer[])`,
    [numbers(prepends.map((prepend) => prepend.streamId))],
  );
  const live = liveFrom(row?.[0] ?? 0);
  const instants = prepends.flatMap(({ stepsFrom, steps }) => [
    stepsFrom,
    ...steps.map((step) => step.at),
  ]);
  await partitions.ensure('history_day', instants);
  await partitions.ensure(
    'live_point',
    instants.filter((at) => at >= live),
  );
  await partitions.ensure(
    'step_flag',
    prepends.flatMap(({ steps }) =>
      steps.filter((step) => step.flags.length > 0).map((step) => step.at),
    ),
  );
}

function refuseBadPrepend(prepend: Prepend): void {
  refuseOffMinute('readBackTo', prepend.readBackTo);
  refuseOffMinute('stepsFrom', prepend.stepsFrom);
  refuseBadSteps(prepend.streamId, prepend.stepsFrom, prepend.steps);
  const earliest = prepend.steps.length === 0 ? prepend.before : prepend.stepsFrom;
  if (prepend.readBackTo > earliest) {
    throw new InvalidValue('readBackTo', prepend.readBackTo, `at most ${earliest}`);
  }
}
