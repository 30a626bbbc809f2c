import type { Point } from '../domain/point';
import { DAY_SECONDS, dayOf, floorTo, GRID_SECONDS } from '../ledger/grid';
import type { Ledger } from '../ledger/ledger';
import { visitSteps } from '../ledger/point-codec';
import type { Stream } from '../ledger/stream';
import type { Session } from './database';
import { historyOf } from './history-rows';
import { pointsAt } from './points-at';

type Visit = Parameters<Ledger['eachStep']>[3];

/** Live points are asked for by a few hours, so that memory does not hold a day of all streams. */
const PLACES_AT_ONCE = 72;

/** See `Ledger.eachStep`: packed days are walked through without making points of them. */
export async function eachStep(
  session: Session,
  streams: readonly Stream[],
  from: number,
  to: number,
  visit: Visit,
): Promise<void> {
  const ids = streams.map(({ id }) => id);
  const byId = new Map(streams.map((stream) => [stream.id, stream]));
  const reached = new Map<number, number>();
  const startOf = (stream: Stream) => Math.max(from, reached.get(stream.id) ?? stream.oldest.at);
  const read = (day: number) => {
    const rows = historyOf(session, ids, day);
    // Told where it is awaited.
    rows.catch(() => undefined);
    return rows;
  };
  let coming = read(dayOf(from));
  for (let day = dayOf(from); day < to; day += DAY_SECONDS) {
    const rows = await coming;
    // PostgreSQL fetches the next day while this one is walked through.
    if (day + DAY_SECONDS < to) coming = read(day + DAY_SECONDS);
    const holes = new Map<Stream, number>();
    for (const { streamId, packed } of rows) {
      const stream = byId.get(streamId);
      const begin = day + packed.first * GRID_SECONDS;
      if (stream !== undefined && begin > startOf(stream)) holes.set(stream, Math.min(begin, to));
    }
    await liveSteps(session, holes, startOf, visit);
    for (const { streamId, packed } of rows) {
      // There are millions of steps: whatever is made for one of them is felt.
      let reachedOf = day + packed.first * GRID_SECONDS;
      visitSteps(day, packed, (start, end, good, bad, covered) => {
        if (end > to) return;
        reachedOf = end;
        if (end > from) visit(streamId, Math.max(start, from), end, good, bad, covered);
      });
      if (reachedOf <= to) reached.set(streamId, Math.max(reached.get(streamId) ?? 0, reachedOf));
    }
  }
  await liveSteps(session, new Map(streams.map((stream) => [stream, to])), startOf, visit);
}

/**
 * What is not packed yet: between points that were read one by one. Behind the last packed day, and
 * before one where an earlier day was read back later and is still to be packed.
 *
 * @param ends of each stream, epoch seconds
 */
async function liveSteps(
  session: Session,
  ends: ReadonlyMap<Stream, number>,
  startOf: (stream: Stream) => number,
  visit: Visit,
): Promise<void> {
  const open = [...ends.keys()].filter(
    (stream) => startOf(stream) < Math.min(ends.get(stream) ?? 0, stream.newest.at),
  );
  if (open.length === 0) return;
  const last = new Map<number, Point>();
  const first = floorTo(Math.min(...open.map(startOf)), GRID_SECONDS);
  const to = Math.max(...open.map((stream) => ends.get(stream) ?? 0));
  for (let start = first; start <= to; start += PLACES_AT_ONCE * GRID_SECONDS) {
    const places = Array.from({ length: PLACES_AT_ONCE }, (_, k) => start + k * GRID_SECONDS);
    const instants = places.filter((at) => at <= to);
    const points = await pointsAt(session, open, instants, null);
    points.forEach((found) => {
      for (const stream of open) {
        const point = found.get(stream.id);
        if (point === undefined || point.at > (ends.get(stream) ?? 0)) continue;
        const before = last.get(stream.id);
        const start = startOf(stream);
        // What a gap over the start ends with is told as of the start.
        if (before !== undefined && point.at > Math.max(before.at, start)) {
          step(stream.id, start, before, point, visit);
        }
        last.set(stream.id, point);
      }
    });
  }
}

function step(streamId: number, from: number, before: Point, point: Point, visit: Visit): void {
  const good = point.good - before.good;
  const bad = point.total - before.total - good;
  visit(
    streamId,
    Math.max(from, before.at),
    point.at,
    narrowed(good),
    narrowed(bad),
    point.coveredSeconds - before.coveredSeconds,
  );
}

function narrowed(count: bigint): number | bigint {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : count;
}
