import type { Point } from '../domain/point';
import { GRID_SECONDS, MINUTE_SECONDS, onGrid } from '../ledger/grid';
import type { Stream } from '../ledger/stream';

/** Points that are kept in all, at 24 bytes each. */
const MOST_POINTS = 1_500_000;
/** The newest minutes are looked back to over 5 minutes to 6 hours. */
const MOST_MINUTES = 360;
const FEWEST_MINUTES = 20;
/** Older instants are asked for five ticks long, or, where exclusions begin and end, every tick. */
const FEWEST_OLDER_INSTANTS = 48;
const UNUSED_SECONDS = 600;
/** Of the instants that only few streams are asked about. */
const MOST_SINGLE_POINTS = 250_000;

/**
 * Points behind the streams' newest ones, as they were read or were newest once.
 *
 * Such a point changes only by a correction, which counts up `stream.corrections` in the same
 * transaction; that number comes with the streams, and a higher one drops what is remembered of the
 * stream. Backfill adds points before the oldest, live steps after the newest: neither moves a point
 * that lies between them, and only those are handed out.
 */
export class RememberedPoints {
  private readonly places = new Map<number, number>();
  private corrections = new Int32Array(16);
  private readonly instants = new Map<number, Instant>();
  /** By place and instant: columns of all streams would be nearly empty. */
  private readonly singles = new Map<number, Map<number, Point>>();
  private singleCount = 0;
  private newestMinute = -Infinity;
  /** Rises with every correction that is noticed: what was asked for before may have been read before. */
  epoch = 0;

  /** @param seen as they were read just now */
  notice(seen: readonly Stream[]): void {
    for (const stream of seen) {
      const { corrections } = stream;
      const place = this.placeOf(stream.id);
      const known = this.corrections[place] ?? 0;
      // An answer that was overtaken by a later one.
      if (corrections < known) continue;
      if (corrections > known) this.forget(place, corrections);
      const { newest } = stream;
      if (newest.at > this.newestMinute) this.newestMinute = newest.at;
      if (newest.at > this.firstMinute()) this.at(newest.at).set(place, newest);
    }
    this.dropOld();
  }

  /** The point that answers for an instant within a stream; undefined where it has to be read. */
  point(stream: Stream, instant: number): Point | undefined {
    const place = this.places.get(stream.id);
    if (place === undefined) return undefined;
    const kept = this.instants.get(instant);
    if (kept !== undefined) kept.usedAt = this.newestMinute;
    const point = kept?.get(place) ?? this.singles.get(place)?.get(instant);
    return point !== undefined && point.at > stream.oldest.at ? point : undefined;
  }

  /**
   * @param instant a whole minute
   * @param epoch as it was when the points were asked for
   */
  remember(instant: number, points: ReadonlyMap<number, Point>, epoch: number): void {
    if (epoch !== this.epoch) return;
    const kept = this.at(instant);
    for (const [streamId, point] of points) kept.set(this.placeOf(streamId), point);
    this.dropOld();
  }

  /**
   * Points of few streams.
   *
   * @param instant on the five-minute grid, which never ends
   * @param epoch as it was when the points were asked for
   */
  rememberFew(instant: number, points: ReadonlyMap<number, Point>, epoch: number): void {
    if (epoch !== this.epoch) return;
    for (const [streamId, point] of points) {
      const place = this.placeOf(streamId);
      const own = this.singles.get(place) ?? new Map<number, Point>();
      this.singles.set(place, own);
      if (!own.has(instant)) this.singleCount += 1;
      own.set(instant, point);
    }
    for (const [place, own] of this.singles) {
      if (this.singleCount <= MOST_SINGLE_POINTS) return;
      this.singles.delete(place);
      this.singleCount -= own.size;
    }
  }

  /** Minutes before this instant are no longer kept in the ledger: five-minute points answer for them. */
  minutesEndBefore(instant: number): void {
    for (const at of this.instants.keys()) {
      if (at < instant && !onGrid(at)) this.instants.delete(at);
    }
  }

  private placeOf(streamId: number): number {
    const known = this.places.get(streamId);
    if (known !== undefined) return known;
    const place = this.places.size;
    this.places.set(streamId, place);
    if (place >= this.corrections.length) {
      const grown = new Int32Array(2 * this.corrections.length);
      grown.set(this.corrections);
      this.corrections = grown;
    }
    return place;
  }

  private forget(place: number, corrections: number): void {
    this.corrections[place] = corrections;
    this.epoch += 1;
    for (const kept of this.instants.values()) kept.clear(place);
    this.singleCount -= this.singles.get(place)?.size ?? 0;
    this.singles.delete(place);
  }

  private at(instant: number): Instant {
    const known = this.instants.get(instant);
    if (known !== undefined) return known;
    const added = new Instant(instant, this.places.size, this.newestMinute);
    this.instants.set(instant, added);
    return added;
  }

  private firstMinute(): number {
    const minutes = Math.min(MOST_MINUTES, Math.max(FEWEST_MINUTES, this.affordable()));
    return this.newestMinute - minutes * MINUTE_SECONDS;
  }

  /** Instants of all streams. */
  private affordable(): number {
    return Math.floor(MOST_POINTS / Math.max(1, this.places.size));
  }

  private dropOld(): void {
    const firstMinute = this.firstMinute();
    const most = Math.max(FEWEST_OLDER_INSTANTS, this.affordable());
    let older = 0;
    for (const [at, { usedAt }] of this.instants) {
      if (at >= firstMinute) continue;
      if (usedAt < this.newestMinute - UNUSED_SECONDS) this.instants.delete(at);
      else older += 1;
    }
    for (const at of this.instants.keys()) {
      if (older <= most) return;
      if (at >= firstMinute) continue;
      this.instants.delete(at);
      older -= 1;
    }
  }
}

/** How long before its instant a point may lie: behind a gap of years it is read again each time. */
const UNKNOWN = -1;
const FARTHEST_BACK_SECONDS = 2 ** 31 - GRID_SECONDS;

/** The points of many streams that answer for one instant. */
class Instant {
  private good: BigInt64Array;
  private total: BigInt64Array;
  private covered: Int32Array;
  private back: Int32Array;

  constructor(
    private readonly instant: number,
    size: number,
    /** The newest minute when it was last asked for. */
    public usedAt: number,
  ) {
    this.good = new BigInt64Array(size);
    this.total = new BigInt64Array(size);
    this.covered = new Int32Array(size);
    this.back = new Int32Array(size).fill(UNKNOWN);
  }

  get(place: number): Point | undefined {
    const back = this.back[place] ?? UNKNOWN;
    if (back === UNKNOWN) return undefined;
    return {
      at: this.instant - back,
      good: this.good[place] ?? 0n,
      total: this.total[place] ?? 0n,
      coveredSeconds: this.covered[place] ?? 0,
    };
  }

  set(place: number, { at, good, total, coveredSeconds }: Point): void {
    if (this.instant - at > FARTHEST_BACK_SECONDS) return;
    if (place >= this.back.length) this.grow(place + 1);
    this.good[place] = good;
    this.total[place] = total;
    this.covered[place] = coveredSeconds;
    this.back[place] = this.instant - at;
  }

  clear(place: number): void {
    if (place < this.back.length) this.back[place] = UNKNOWN;
  }

  private grow(least: number): void {
    const grown = new Instant(this.instant, Math.max(least, Math.ceil(1.5 * this.back.length)), 0);
    grown.good.set(this.good);
    grown.total.set(this.total);
    grown.covered.set(this.covered);
    grown.back.set(this.back);
    this.good = grown.good;
    this.total = grown.total;
    this.covered = grown.covered;
    this.back = grown.back;
  }
}
