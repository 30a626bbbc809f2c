import type { Cut } from '../domain/cut';
import type { Point } from '../domain/point';
import type { Slo } from '../domain/slo';
import { add, EMPTY_TALLY, type Tally } from '../domain/tally';
import type { Stream } from '../ledger/stream';
import { type Counted, countedBetween, type CutOut } from './missing-time';

/** Time within a cut, or between two of them. */
interface Segment {
  readonly from: number;
  readonly to: number;
  /** Null where everything counts as it is. */
  readonly treatment: Cut['treatment'] | null;
}

/** What a segment, or some of them, come to. */
interface Part extends CutOut {
  readonly events: Tally;
  readonly knownSeconds: number;
}

const EMPTY: Part = { events: EMPTY_TALLY, seen: EMPTY_TALLY, knownSeconds: 0, droppedSeconds: 0 };

/**
 * A stream of which exclusions cut something out:
 *
 *     events in (a, b] = those of the segments between cuts + the countGood cuts', bad ones as good
 *
 * Missing time is judged segment by segment, so that what is excluded is neither missing nor makes
 * good for what is. Whole segments are summed up once, and a window costs its two ends.
 */
export class CutStream {
  private readonly segments: readonly Segment[];
  /** What all segments before each one come to, from the first cut on. */
  private sums: readonly Part[] | null = null;

  /**
   * @param cuts ascending, at least one, as `cutsOf` gives them
   * @param pointAt the stream's point at an edge of a cut, or at an end of what is asked about
   */
  constructor(
    private readonly slo: Slo,
    private readonly stream: Stream,
    cuts: readonly Cut[],
    private readonly pointAt: (instant: number) => Point,
  ) {
    const segments: Segment[] = [];
    let end = -Infinity;
    for (const cut of cuts) {
      if (cut.from > end) segments.push({ from: end, to: cut.from, treatment: null });
      segments.push(cut);
      end = cut.to;
    }
    this.segments = [...segments, { from: end, to: Infinity, treatment: null }];
  }

  /** What was counted in (a, b]; as without exclusions where none touches it. */
  counted(a: number, b: number): Counted {
    const whole = countedBetween(this.slo, this.stream, this.pointAt(a), this.pointAt(b));
    const [first, last] = [this.holding(a), this.endingIn(b)];
    if (first >= last) {
      const untouched = this.segments[first]?.treatment === null || a >= b;
      return untouched ? whole : this.told(whole, this.part(first, a, b));
    }
    const sums = (this.sums ??= this.summed());
    const between = minus(sums[last] ?? EMPTY, sums[first + 1] ?? EMPTY);
    const ends = plus(
      this.part(first, a, this.segments[first]?.to ?? b),
      this.part(last, this.segments[last]?.from ?? a, b),
    );
    return this.told(whole, plus(ends, between));
  }

  private told({ raw }: Counted, { events, knownSeconds, seen, droppedSeconds }: Part): Counted {
    return { events, raw, knownSeconds, cut: { seen, droppedSeconds } };
  }

  private part(index: number, from: number, to: number): Part {
    const treatment = this.segments[index]?.treatment ?? null;
    const seconds = to - from;
    if (treatment === 'drop') {
      return { ...EMPTY, knownSeconds: seconds, droppedSeconds: seconds };
    }
    const { events, raw, knownSeconds } = countedBetween(
      this.slo,
      this.stream,
      this.pointAt(from),
      this.pointAt(to),
    );
    if (treatment === null) return { events, seen: raw, knownSeconds, droppedSeconds: 0 };
    return {
      events: pardoned(events, seconds),
      seen: pardoned(raw, seconds),
      knownSeconds: seconds,
      droppedSeconds: 0,
    };
  }

  /** The first segment has no beginning: it is never whole within a window. */
  private summed(): readonly Part[] {
    const sums: Part[] = [EMPTY, EMPTY];
    let sum = EMPTY;
    this.segments.slice(1, -1).forEach(({ from, to }, k) => {
      sum = plus(sum, this.part(k + 1, from, to));
      sums.push(sum);
    });
    return sums;
  }

  /** Index of the segment that an instant begins in. */
  private holding(at: number): number {
    let [low, high] = [0, this.segments.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.segments[middle]?.from ?? Infinity) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Index of the segment that an instant ends in: events of the instant belong to what ends there. */
  private endingIn(at: number): number {
    const index = this.holding(at);
    return this.segments[index]?.from === at ? index - 1 : index;
  }
}

/** All good, and all of the time as good as seen. */
function pardoned({ total }: Tally, seconds: number): Tally {
  return { good: total, total, coveredSeconds: seconds };
}

function plus(a: Part, b: Part): Part {
  return {
    events: add(a.events, b.events),
    seen: add(a.seen, b.seen),
    knownSeconds: a.knownSeconds + b.knownSeconds,
    droppedSeconds: a.droppedSeconds + b.droppedSeconds,
  };
}

function minus(a: Part, b: Part): Part {
  return {
    events: without(a.events, b.events),
    seen: without(a.seen, b.seen),
    knownSeconds: a.knownSeconds - b.knownSeconds,
    droppedSeconds: a.droppedSeconds - b.droppedSeconds,
  };
}

function without(a: Tally, b: Tally): Tally {
  return {
    good: a.good - b.good,
    total: a.total - b.total,
    coveredSeconds: a.coveredSeconds - b.coveredSeconds,
  };
}
