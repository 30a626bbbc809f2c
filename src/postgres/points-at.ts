import type { Point } from '../domain/point';
import {
  DAY_SECONDS,
  GRID_SECONDS,
  LIVE_DAYS,
  MINUTE_SECONDS,
  dayOf,
  floorTo,
} from '../ledger/grid';
import type { PointsByStream } from '../ledger/ledger';
import { lastPackedPoint } from '../ledger/point-codec';
import type { Stream } from '../ledger/stream';
import type { Session } from './database';
import { HISTORY_COLUMNS, type HistoryRow, historyOf, toHistoryDay } from './history-rows';
import { livePointsAt, toPoint } from './live-rows';
import { dateText, numbers } from './sql-array';

/** How far back, in rounds, a five-minute point is looked for behind a gap. */
const REACHES = [3600, 6 * 3600, DAY_SECONDS, LIVE_DAYS * DAY_SECONDS];

/** The points of all streams at all instants; see `Ledger.pointsAt`. */
export async function pointsAt(
  session: Session,
  streams: readonly Stream[],
  instants: readonly number[],
): Promise<readonly PointsByStream[]> {
  const questions = instants.map((at) => new Question(at, streams));
  await answerFromLive(session, questions);
  for (const question of questions) await answerFromHistory(session, question);
  return questions.map((question) => question.answered);
}

/** One instant: what is known of it, and which streams are still without an answer. */
class Question {
  readonly answered = new Map<number, Point>();
  readonly open = new Map<number, Stream>();
  readonly minute: number;
  readonly grid: number;

  constructor(
    readonly at: number,
    streams: readonly Stream[],
  ) {
    this.minute = floorTo(at, MINUTE_SECONDS);
    this.grid = floorTo(at, GRID_SECONDS);
    for (const stream of streams) {
      if (at >= stream.newest.at) this.answered.set(stream.id, stream.newest);
      else if (this.minute <= stream.oldest.at) this.answered.set(stream.id, stream.oldest);
      else this.open.set(stream.id, stream);
    }
  }

  answer(streamId: number, point: Point): void {
    if (this.open.delete(streamId)) this.answered.set(streamId, point);
  }
}

/** By the minute, and where there is none, by the five minutes: two statements for everything. */
async function answerFromLive(session: Session, questions: readonly Question[]): Promise<void> {
  await answerExactly(session, questions, (question) => question.minute);
  for (const question of questions) {
    for (const stream of question.open.values()) {
      if (question.grid <= stream.oldest.at) question.answer(stream.id, stream.oldest);
    }
  }
  const between = questions.filter((question) => question.grid !== question.minute);
  await answerExactly(session, between, (question) => question.grid);
}

async function answerExactly(
  session: Session,
  questions: readonly Question[],
  instantOf: (question: Question) => number,
): Promise<void> {
  const open = questions.filter((question) => question.open.size > 0);
  if (open.length === 0) return;
  const asking = new Map<number, Question[]>();
  for (const question of open) {
    const instant = instantOf(question);
    asking.set(instant, [...(asking.get(instant) ?? []), question]);
  }
  const ids = new Set(open.flatMap((question) => [...question.open.keys()]));
  for (const row of await livePointsAt(session, [...ids], [...asking.keys()])) {
    const point = toPoint(row);
    for (const question of asking.get(point.at) ?? []) question.answer(row[0], point);
  }
}

/**
 * A packed day answers for every instant up to which it was packed. What no packed day knows is
 * behind a gap: the last five-minute point before it is searched for, live ones first.
 */
async function answerFromHistory(session: Session, question: Question): Promise<void> {
  if (question.open.size === 0) return;
  const day = dayOf(question.grid);
  for (const row of await historyOf(session, [...question.open.keys()], day)) {
    if (row.packedTo < question.grid) continue;
    const point = lastPackedPoint(day, row.packed, question.grid);
    if (point !== null) question.answer(row.streamId, point);
  }
  await answerBehindGap(session, question);
  for (const stream of question.open.values()) question.answer(stream.id, stream.oldest);
}

async function answerBehindGap(session: Session, question: Question): Promise<void> {
  let reached = 0;
  for (const reach of REACHES) {
    if (question.open.size === 0) return;
    const grid: number[] = [];
    for (let back = reached + GRID_SECONDS; back <= reach; back += GRID_SECONDS) {
      grid.push(question.grid - back);
    }
    const rows = await livePointsAt(session, [...question.open.keys()], grid);
    for (const row of [...rows].sort((a, b) => b[1] - a[1])) question.answer(row[0], toPoint(row));
    reached = reach;
  }
  if (question.open.size === 0) return;
  const rows = await session.rows<HistoryRow>(
    `select distinct on (h.stream_id) ${HISTORY_COLUMNS} from history_day h
     where h.stream_id = any($1::integer[]) and h.day <= $2
     order by h.stream_id, h.day desc`,
    [numbers(question.open.keys()), dateText(dayOf(question.grid))],
  );
  for (const { streamId, day, packed } of rows.map(toHistoryDay)) {
    const point = lastPackedPoint(day, packed, question.grid);
    if (point !== null) question.answer(streamId, point);
  }
}
