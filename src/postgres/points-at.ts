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
import { lastPackedPoint, lastPackedPoints } from '../ledger/point-codec';
import type { Stream } from '../ledger/stream';
import type { Session } from './database';
import { basesOf, HISTORY_COLUMNS, historyOf, type HistoryRow, toHistoryDay } from './history-rows';
import { type LivePoints, livePointsAt, oldestLive } from './live-rows';
import type { RememberedPoints } from './remembered-points';
import { dateText, numbers } from './sql-array';

/** How far back, in rounds, a five-minute point is looked for behind a gap. */
const REACHES = [3600, 6 * 3600, DAY_SECONDS, LIVE_DAYS * DAY_SECONDS];

/** Points of fewer streams than these are remembered one by one: they would push out what many need. */
const FEWEST_TOGETHER = 250;
/** A packed day is read for the hour that is asked about next, too. */
const PLACES_AHEAD = 12;

/**
 * The points of all streams at all instants; see `Ledger.pointsAt`.
 *
 * @param remembered what need not be read, and where to keep what was; null reads everything
 */
export async function pointsAt(
  session: Session,
  streams: readonly Stream[],
  instants: readonly number[],
  remembered: RememberedPoints | null,
): Promise<readonly PointsByStream[]> {
  const epoch = remembered?.epoch ?? 0;
  const places = new Map(streams.map(({ id }, place) => [id, place]));
  const questions = instants.map((at) => new Question(at, streams, places, remembered));
  await answerFromLive(session, questions);
  await answerMidnights(session, questions);
  for (const ofDay of byDay(questions)) {
    const [only] = ofDay;
    if (ofDay.length > 1) await answerFromDay(session, ofDay);
    else if (only !== undefined) await answerFromHistory(session, only, remembered, epoch);
  }
  for (const question of questions) {
    await answerBehindGap(session, question);
    for (const stream of question.open.values()) question.answer(stream.id, stream.oldest);
  }
  for (const { minute, grid, read } of questions) {
    if (read.size >= FEWEST_TOGETHER) remembered?.remember(minute, read, epoch);
    else if (minute === grid) remembered?.rememberFew(minute, read, epoch);
  }
  return questions;
}

/** One instant: what is known of it, and which streams are still without an answer. */
class Question implements PointsByStream {
  private readonly answered: (Point | undefined)[];
  readonly open = new Map<number, Stream>();
  /** Of the answers, those that lie behind the stream's newest point and were not remembered. */
  readonly read = new Map<number, Point>();
  readonly minute: number;
  readonly grid: number;

  constructor(
    readonly at: number,
    streams: readonly Stream[],
    private readonly places: ReadonlyMap<number, number>,
    private readonly remembered: RememberedPoints | null,
  ) {
    this.minute = floorTo(at, MINUTE_SECONDS);
    this.grid = floorTo(at, GRID_SECONDS);
    this.answered = streams.map((stream) => {
      if (at >= stream.newest.at) return stream.newest;
      if (this.minute <= stream.oldest.at) return stream.oldest;
      const known = remembered?.point(stream, this.minute);
      if (known === undefined) this.open.set(stream.id, stream);
      return known;
    });
  }

  get(streamId: number): Point | undefined {
    return this.answered[this.places.get(streamId) ?? -1];
  }

  answer(streamId: number, point: Point): void {
    const stream = this.open.get(streamId);
    if (stream === undefined) return;
    this.open.delete(streamId);
    this.answered[this.places.get(streamId) ?? -1] = point;
    // What stands at the oldest point may be another one once there are older ones.
    if (point.at > stream.oldest.at) this.read.set(streamId, point);
  }

  /** Where there is no point by the minute, from what was read for the five minutes before. */
  answerFromGrid(): void {
    for (const stream of this.open.values()) {
      const atGrid =
        this.grid <= stream.oldest.at ? stream.oldest : this.remembered?.point(stream, this.grid);
      if (atGrid !== undefined) this.answer(stream.id, atGrid);
    }
  }

  answerAll(found: LivePoints): void {
    found.streamIds.forEach((id, k) => {
      if (this.open.has(id)) this.answer(id, found.point(k));
    });
  }
}

/** By the minute, and where there is none, by the five minutes: two statements for everything. */
async function answerFromLive(session: Session, questions: readonly Question[]): Promise<void> {
  await answerExactly(session, questions, (question) => question.minute);
  for (const question of questions) question.answerFromGrid();
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
  for (const found of await livePointsAt(session, [...ids], [...asking.keys()])) {
    for (const question of asking.get(found.at) ?? []) question.answerAll(found);
  }
}

/** Days and months begin at midnight: a packed day's first point is read without those that follow it. */
async function answerMidnights(session: Session, questions: readonly Question[]): Promise<void> {
  const ofDay = new Map<number, Question[]>();
  for (const question of questions) {
    const { grid, open } = question;
    if (open.size === 0 || grid !== dayOf(grid)) continue;
    ofDay.set(grid, [...(ofDay.get(grid) ?? []), question]);
  }
  const asking = [...ofDay.values()].flat();
  if (asking.length === 0) return;
  const ids = new Set(asking.flatMap(({ open }) => [...open.keys()]));
  for (const { streamId, day, point } of await basesOf(session, [...ids], [...ofDay.keys()])) {
    for (const question of ofDay.get(day) ?? []) question.answer(streamId, point);
  }
}

/**
 * A packed day answers for every instant up to which it was packed. What no packed day knows is
 * behind a gap: see `answerBehindGap`.
 */
async function answerFromHistory(
  session: Session,
  question: Question,
  remembered: RememberedPoints | null,
  epoch: number,
): Promise<void> {
  if (question.open.size === 0) return;
  const day = dayOf(question.grid);
  const ahead = remembered !== null && question.open.size >= FEWEST_TOGETHER ? PLACES_AHEAD : 0;
  const hour = new ComingPlaces(
    question.grid,
    Math.min(question.grid + ahead * GRID_SECONDS, day + DAY_SECONDS),
  );
  for (const row of await historyOf(session, [...question.open.keys()], day)) {
    if (row.packedTo < question.grid) continue;
    const [point, ...later] = lastPackedPoints(day, row.packed, hour.upTo(row.packedTo));
    if (point === undefined || point === null) continue;
    question.answer(row.streamId, point);
    if (question.read.has(row.streamId)) hour.keep(row.streamId, later);
  }
  for (const [at, points] of hour.kept) remembered?.remember(at, points, epoch);
}

/** Several instants of one day: each packed day is read and walked through once. */
async function answerFromDay(session: Session, questions: readonly Question[]): Promise<void> {
  const [first] = questions;
  const ids = new Set(questions.flatMap(({ open }) => [...open.keys()]));
  if (first === undefined || ids.size === 0) return;
  const day = dayOf(first.grid);
  const ascending = [...questions].sort((a, b) => a.grid - b.grid);
  for (const { streamId, packedTo, packed } of await historyOf(session, [...ids], day)) {
    const asking = ascending.filter(({ open, grid }) => packedTo >= grid && open.has(streamId));
    const grids = asking.map(({ grid }) => grid);
    lastPackedPoints(day, packed, grids).forEach((point, k) => {
      if (point !== null) asking[k]?.answer(streamId, point);
    });
  }
}

function byDay(questions: readonly Question[]): Iterable<readonly Question[]> {
  const days = new Map<number, Question[]>();
  for (const question of questions) {
    if (question.open.size === 0) continue;
    const day = dayOf(question.grid);
    const known = days.get(day);
    if (known === undefined) days.set(day, [question]);
    else known.push(question);
  }
  return days.values();
}

/** Places of the grid from the one that is asked about, and the points of those after it. */
class ComingPlaces {
  readonly kept: ReadonlyMap<number, Map<number, Point>>;
  private readonly places: readonly number[];

  constructor(from: number, to: number) {
    const count = (to - from) / GRID_SECONDS + 1;
    this.places = Array.from({ length: count }, (_, k) => from + k * GRID_SECONDS);
    this.kept = new Map(this.places.slice(1).map((at) => [at, new Map()]));
  }

  upTo(packedTo: number): readonly number[] {
    const last = this.places.at(-1) ?? packedTo;
    return packedTo >= last ? this.places : this.places.filter((at) => at <= packedTo);
  }

  /** @param points of the second place and those that follow */
  keep(streamId: number, points: readonly (Point | null)[]): void {
    points.forEach((point, k) => {
      const at = this.places[k + 1];
      if (at !== undefined && point !== null) this.kept.get(at)?.set(streamId, point);
    });
  }
}

/** The last five-minute point before an instant is searched for, live ones first. */
async function answerBehindGap(session: Session, question: Question): Promise<void> {
  let reached = 0;
  for (const reach of REACHES) {
    if (question.open.size === 0) return;
    const grid: number[] = [];
    for (let back = reached + GRID_SECONDS; back <= reach; back += GRID_SECONDS) {
      grid.push(question.grid - back);
    }
    const rows = await livePointsAt(session, [...question.open.keys()], grid);
    for (const found of [...rows].sort((a, b) => b.at - a.at)) question.answerAll(found);
    reached = reach;
  }
  if (question.open.size === 0) return;
  const ids = [...question.open.keys()];
  const unpacked = await lastUnpacked(session, ids, question.grid - reached);
  const packed = await lastPacked(session, ids, question.grid);
  for (const id of ids) {
    const [one, other] = [unpacked.get(id), packed.get(id)];
    const later = (one?.at ?? -Infinity) > (other?.at ?? -Infinity) ? one : other;
    if (later !== undefined) question.answer(id, later);
  }
}

/** Live points that nobody has packed, though their time has come: as after days in which no replica ran. */
async function lastUnpacked(
  session: Session,
  streamIds: readonly number[],
  before: number,
): Promise<ReadonlyMap<number, Point>> {
  const last = new Map<number, Point>();
  const oldest = (await oldestLive(session)) ?? Infinity;
  for (let to = before; to > oldest; to -= LIVE_DAYS * DAY_SECONDS) {
    const grid: number[] = [];
    for (let at = to - GRID_SECONDS; at >= to - LIVE_DAYS * DAY_SECONDS; at -= GRID_SECONDS) {
      grid.push(at);
    }
    const rows = await livePointsAt(session, streamIds, grid);
    for (const found of [...rows].sort((a, b) => b.at - a.at)) {
      found.streamIds.forEach((id, k) => {
        if (!last.has(id)) last.set(id, found.point(k));
      });
    }
  }
  return last;
}

async function lastPacked(
  session: Session,
  streamIds: readonly number[],
  grid: number,
): Promise<ReadonlyMap<number, Point>> {
  const rows = await session.rows<HistoryRow>(
    `select distinct on (h.stream_id) ${HISTORY_COLUMNS} from history_day h
     where h.stream_id = any($1::integer[]) and h.day <= $2
     order by h.stream_id, h.day desc`,
    [numbers(streamIds), dateText(dayOf(grid))],
  );
  const last = new Map<number, Point>();
  for (const { streamId, day, packed } of rows.map(toHistoryDay)) {
    const point = lastPackedPoint(day, packed, grid);
    if (point !== null) last.set(streamId, point);
  }
  return last;
}
