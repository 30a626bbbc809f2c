import type { Point } from '../../src/domain/point';
import { type Tally, add } from '../../src/domain/tally';
import type { Step } from '../../src/ledger/step';

const DAY = 86_400;
const GRID = 300;

/** What the ledger should answer, by brute force: a list of every point there ever was. */
export class LedgerOracle {
  private points: Point[];
  /** Instants that are still kept by the minute. */
  private readonly live: Set<number>;
  lastCoveredAt: number | null = null;
  corrections = 0;

  constructor(startsAt: number) {
    this.points = [{ at: startsAt, good: 0n, total: 0n, coveredSeconds: 0 }];
    this.live = new Set([startsAt]);
  }

  get oldest(): Point {
    return this.must(this.points[0]);
  }

  get newest(): Point {
    return this.must(this.points.at(-1));
  }

  append(steps: readonly Step[]): void {
    for (const step of steps) {
      this.points.push({ at: step.at, ...add(this.newest, step) });
      this.live.add(step.at);
      if (step.coveredSeconds > 0) this.lastCoveredAt = step.at;
    }
  }

  prepend(from: number, steps: readonly Step[]): void {
    const liveFrom = Math.floor(this.newest.at / DAY) * DAY - 4 * DAY;
    const covered = steps.filter((step) => step.coveredSeconds > 0).at(-1)?.at ?? null;
    this.lastCoveredAt ??= covered;
    for (const [index, step] of [...steps.entries()].reverse()) {
      const { good, total, coveredSeconds } = this.oldest;
      const at = steps[index - 1]?.at ?? from;
      if (at >= liveFrom) this.live.add(at);
      this.points.unshift({
        at,
        good: good - step.good,
        total: total - step.total,
        coveredSeconds: coveredSeconds - step.coveredSeconds,
      });
    }
  }

  amend(at: number, difference: Tally, target: Tally): void {
    this.corrections += 1;
    this.points = this.points.map((point) =>
      point.at < at ? point : { at: point.at, ...add(point, difference) },
    );
    if (target.coveredSeconds > 0) this.lastCoveredAt = Math.max(this.lastCoveredAt ?? at, at);
  }

  maintain(now: number): void {
    const firstDay = Math.floor(now / DAY) * DAY - 4 * DAY;
    for (const at of this.live) if (at < firstDay) this.live.delete(at);
  }

  /** The step at a place between 0 and 1 of the list; null while there is none. */
  stepNear(place: number): { from: number; at: number; tally: Tally } | null {
    const index = 1 + Math.floor(place * (this.points.length - 1));
    const [start, end] = [this.points[index - 1], this.points[index]];
    if (start === undefined || end === undefined) return null;
    const tally = {
      good: end.good - start.good,
      total: end.total - start.total,
      coveredSeconds: end.coveredSeconds - start.coveredSeconds,
    };
    return { from: start.at, at: end.at, tally };
  }

  /** Whether the ledger still holds a point at exactly this instant. */
  isKept(at: number): boolean {
    return this.live.has(at) || at % GRID === 0 || at === this.oldest.at || at === this.newest.at;
  }

  pointAt(at: number): Point {
    const minute = Math.floor(at / 60) * 60;
    if (at >= this.newest.at) return this.newest;
    if (minute <= this.oldest.at) return this.oldest;
    const exact = this.points.find((point) => point.at === minute);
    if (exact !== undefined && this.isKept(minute)) return exact;
    const grid = Math.floor(at / GRID) * GRID;
    return this.gridPoints().findLast((point) => point.at <= grid) ?? this.oldest;
  }

  series(from: number, to: number, gridSeconds: number): readonly Point[] {
    const within = this.points.filter((point) => point.at >= from && point.at <= to);
    const live = within.filter(({ at }) => this.live.has(at) && at % gridSeconds === 0);
    const liveFrom = live[0]?.at ?? Number.POSITIVE_INFINITY;
    const step = Math.max(gridSeconds, GRID);
    return [...within.filter(({ at }) => at % step === 0 && at < liveFrom), ...live];
  }

  gridPoints(): readonly Point[] {
    return this.points.filter((point) => point.at % GRID === 0);
  }

  private must(point: Point | undefined): Point {
    if (point === undefined) throw new Error('the oracle always holds a point');
    return point;
  }
}
