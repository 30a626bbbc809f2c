import { toMillisecond } from '../domain/instant';
import type { Point } from '../domain/point';
import type { Tally } from '../domain/tally';
import { DAY_SECONDS, GRID_SECONDS, onGrid } from './grid';
import { VarintReader, VarintWriter } from './varint';

/** Written beside every packed day; a change of the format below takes the next number. */
export const CODEC_VERSION = 1;

/**
 * One stream's five-minute points of one UTC day, its two midnights included.
 *
 * `base` is the day's first point, or the last one before the day where no point stands on its first
 * midnight; `first` is the base's place on the grid, counted from that midnight (then negative).
 * What follows is one entry per later place, each made of unsigned LEB128 numbers:
 *
 *     head            even: a point whose time is wholly covered; bad = head / 2
 *                     odd:  (head - 1) / 2 = 0: a run of places without a point; its length follows
 *                           (head - 1) / 2 = n: a point; zigzag(time - covered) = n - 1; bad follows
 *     good            of every point, last
 *
 * All counts are differences to the point before; `time` is the time since it. So an ordinary entry
 * takes 2 to 4 bytes, and no entry stands behind the day's last point.
 */
export interface PackedDay {
  readonly first: number;
  readonly base: Tally;
  readonly entries: Uint8Array;
}

/**
 * @param day epoch seconds of the UTC day's beginning
 * @param points ascending, on the grid; none but the first at or before the day's beginning
 * @throws RangeError when a point is not the day's, or counts less than the one before
 */
export function packDay(day: number, points: readonly Point[]): PackedDay {
  const [base, ...later] = points;
  if (base === undefined) throw new RangeError(`no points to pack for ${toMillisecond(day)}`);
  refuseForeign(day, base);
  const writer = new VarintWriter();
  let before = base;
  for (const point of later) {
    refuseForeign(day, point);
    if (point.at <= day)
      throw new RangeError(`${toMillisecond(point.at)} is not of the day ${toMillisecond(day)}`);
    writeEntry(writer, Math.max(before.at, day), before, point);
    before = point;
  }
  return {
    first: (base.at - day) / GRID_SECONDS,
    base: { good: base.good, total: base.total, coveredSeconds: base.coveredSeconds },
    entries: writer.finish(),
  };
}

/** The points that were packed, ascending. */
export function unpackDay(day: number, packed: PackedDay): readonly Point[] {
  const points: Point[] = [];
  walk(day, packed, Number.POSITIVE_INFINITY, (point) => points.push(point()));
  return points;
}

/** The last packed point at or before an instant; null when the first one comes later. */
export function lastPackedPoint(day: number, packed: PackedDay, at: number): Point | null {
  return walk(day, packed, at, () => undefined);
}

/** The same of several instants, ascending, in one walk through the day. */
export function lastPackedPoints(
  day: number,
  packed: PackedDay,
  instants: readonly number[],
): readonly (Point | null)[] {
  const first = day + packed.first * GRID_SECONDS;
  const answers: (Point | null)[] = instants.filter((at) => at < first).map(() => null);
  walk(day, packed, instants.at(-1) ?? first, (point, next) => {
    for (let at = instants[answers.length]; at !== undefined && at < next;) {
      answers.push(point());
      at = instants[answers.length];
    }
  });
  return answers;
}

/** Counts of (from, to]; of many, as numbers where they fit. */
export type VisitStep = (
  from: number,
  to: number,
  good: number | bigint,
  bad: number | bigint,
  coveredSeconds: number,
) => void;

/** What was counted between each two points of a day that follow each other, ascending. */
export function visitSteps(day: number, { first, entries }: PackedDay, visit: VisitStep): void {
  const reader = new VarintReader(entries);
  let at = day + first * GRID_SECONDS;
  let place = Math.max(at, day);
  while (!reader.done) {
    let head = reader.read();
    if (head === 1) {
      place += Number(reader.read()) * GRID_SECONDS;
      head = reader.read();
    }
    place += GRID_SECONDS;
    const uncovered = isOdd(head) ? unzigzag((Number(head) - 1) / 2 - 1) : 0;
    const bad = isOdd(head) ? reader.read() : half(head);
    visit(at, place, reader.read(), bad, place - at - uncovered);
    at = place;
  }
}

/** Every point of a day moved by the same counts: what a correction before the day does to it. */
export function movedBase(packed: PackedDay, by: Tally): Tally {
  return {
    good: packed.base.good + by.good,
    total: packed.base.total + by.total,
    coveredSeconds: packed.base.coveredSeconds + by.coveredSeconds,
  };
}

function writeEntry(writer: VarintWriter, from: number, before: Point, point: Point): void {
  const places = (point.at - from) / GRID_SECONDS;
  const good = point.good - before.good;
  const bad = point.total - before.total - good;
  const coveredSeconds = point.coveredSeconds - before.coveredSeconds;
  if (good < 0n || bad < 0n || coveredSeconds < 0) {
    throw new RangeError(
      `counts go back between ${toMillisecond(before.at)} and ${toMillisecond(point.at)}: ` +
        `good by ${good}, bad by ${bad}, covered by ${coveredSeconds}`,
    );
  }
  if (places > 1) {
    writer.write(1n);
    writer.write(BigInt(places - 1));
  }
  const uncovered = point.at - before.at - coveredSeconds;
  if (uncovered === 0) {
    writer.write(2n * bad);
  } else {
    writer.write(2n * (zigzag(uncovered) + 1n) + 1n);
    writer.write(bad);
  }
  writer.write(good);
}

/**
 * Visits the points up to an instant; the function it hands out makes the point it stands on, which
 * is the last one before `next`.
 *
 * @returns the last point visited
 */
function walk(
  day: number,
  packed: PackedDay,
  until: number,
  visit: (point: () => Point, next: number) => void,
): Point | null {
  const reader = new VarintReader(packed.entries);
  const good = new Count(packed.base.good);
  const bad = new Count(packed.base.total - packed.base.good);
  let { coveredSeconds } = packed.base;
  let at = day + packed.first * GRID_SECONDS;
  let place = Math.max(at, day);
  const point = (): Point => ({
    at,
    good: good.now(),
    total: good.now() + bad.now(),
    coveredSeconds,
  });
  if (at > until) return null;
  while (!reader.done) {
    let head = reader.read();
    if (head === 1) {
      place += Number(reader.read()) * GRID_SECONDS;
      head = reader.read();
    }
    place += GRID_SECONDS;
    visit(point, place);
    if (place > until) return point();
    const covered = place - at;
    if (isOdd(head)) {
      coveredSeconds += covered - unzigzag((Number(head) - 1) / 2 - 1);
      bad.add(reader.read());
    } else {
      coveredSeconds += covered;
      bad.add(half(head));
    }
    good.add(reader.read());
    at = place;
  }
  visit(point, Number.POSITIVE_INFINITY);
  return point();
}

/** A sum that stays a plain number until someone asks: most are never asked for. */
class Count {
  private small = 0;

  constructor(private wide: bigint) {}

  add(difference: number | bigint): void {
    if (typeof difference === 'bigint') this.wide += difference;
    else this.small += difference;
    if (this.small > Number.MAX_SAFE_INTEGER / 2) this.now();
  }

  now(): bigint {
    if (this.small !== 0) {
      this.wide += BigInt(this.small);
      this.small = 0;
    }
    return this.wide;
  }
}

function refuseForeign(day: number, point: Point): void {
  if (!onGrid(point.at) || point.at > day + DAY_SECONDS) {
    throw new RangeError(
      `${toMillisecond(point.at)} is not on the five-minute grid of ${toMillisecond(day)}`,
    );
  }
}

const zigzag = (value: number): bigint => BigInt(value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (code: number): number => (code % 2 === 0 ? code / 2 : -(code + 1) / 2);
const isOdd = (head: number | bigint): boolean =>
  typeof head === 'bigint' ? (head & 1n) === 1n : head % 2 === 1;
const half = (head: number | bigint): number | bigint =>
  typeof head === 'bigint' ? head >> 1n : head / 2;
