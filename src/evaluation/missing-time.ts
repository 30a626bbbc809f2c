import { between, type Point } from '../domain/point';
import { type Slo, sliceSecondsOf } from '../domain/slo';
import { add, EMPTY_TALLY, type Tally } from '../domain/tally';
import type { Stream } from '../ledger/stream';

/** Events of a span, as they were seen and as `noData` judges the rest. */
export interface Counted {
  /** With missing time judged; `coveredSeconds` still says what was seen. */
  readonly events: Tally;
  /** Only what was seen. */
  readonly raw: Tally;
  /** Seconds of the span that were seen, were missing and are judged, or do not count. */
  readonly knownSeconds: number;
  /** What exclusions made of the span; absent where none touches it. */
  readonly cut?: CutOut;
}

/** The rest of a span of which exclusions took or pardoned a part. */
export interface CutOut {
  /** What was seen of it; time whose bad events count as good is as good as seen. */
  readonly seen: Tally;
  /** Seconds that were dropped. */
  readonly droppedSeconds: number;
}

const NOTHING: Counted = { events: EMPTY_TALLY, raw: EMPTY_TALLY, knownSeconds: 0 };

/**
 * What a stream counted between two of its points.
 *
 *     missing units = (length - covered seconds) x scale / seconds of a unit
 *
 * An availability SLI that was seen for 50 of 60 minutes, `noData: bad`: 600 s are bad, of 3 600 s.
 * The length is that between the points, so time before the stream's first point and time that is
 * not read yet is no missing time.
 */
export function countedBetween(slo: Slo, stream: Stream, earlier: Point, later: Point): Counted {
  const raw = between(earlier, later, stream);
  const unit = slo.noData === 'ignore' ? null : unitSeconds(slo);
  if (unit === null) {
    return { events: raw, raw, knownSeconds: raw.coveredSeconds };
  }
  // A slice is counted at its end: only those that ended within the span can be missing in it.
  const seconds = wholeUnits(later.at, unit) - wholeUnits(earlier.at, unit);
  const missingSeconds = Math.max(0, seconds - raw.coveredSeconds);
  const missing = (BigInt(Math.round(missingSeconds)) * stream.scale) / BigInt(unit);
  const judged = {
    good: slo.noData === 'good' ? missing : 0n,
    total: missing,
    coveredSeconds: 0,
  };
  return { events: add(raw, judged), raw, knownSeconds: raw.coveredSeconds + missingSeconds };
}

/** What was seen of the time that exclusions leave. */
export function seenOf({ raw, cut }: Counted): Tally {
  return cut?.seen ?? raw;
}

/** Seconds of a span that exclusions leave: what its coverage is judged on. */
export function leftSeconds({ cut }: Pick<Counted, 'cut'>, seconds: number): number {
  return seconds - (cut?.droppedSeconds ?? 0);
}

/** The events a budget is made of: where nothing is left of a span, that is known. */
export function budgetedEvents(counted: Counted, seconds: number): Tally {
  const { events } = counted;
  return leftSeconds(counted, seconds) > 0 ? events : { ...events, coveredSeconds: seconds };
}

/**
 * Several streams together: events add up, while time is that of the group seen longest, since the
 * groups share their targets.
 */
export function together(all: readonly Counted[]): Counted {
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  const sum = all.reduce(
    (sum, own) => ({
      events: sideBySide(sum.events, own.events),
      raw: sideBySide(sum.raw, own.raw),
      knownSeconds: Math.max(sum.knownSeconds, own.knownSeconds),
    }),
    NOTHING,
  );
  return all.some(({ cut }) => cut !== undefined) ? { ...sum, ...cutTogether(all) } : sum;
}

/** Only what every stream drops is dropped of their time. */
function cutTogether(all: readonly Counted[]): Pick<Counted, 'knownSeconds' | 'cut'> {
  const dropped = all.map(({ cut }) => cut?.droppedSeconds ?? 0);
  const droppedSeconds = Math.min(...dropped);
  const known = all.map(({ knownSeconds }, k) => knownSeconds - (dropped[k] ?? 0));
  return {
    knownSeconds: Math.max(...known) + droppedSeconds,
    cut: { seen: all.map(seenOf).reduce(sideBySide, EMPTY_TALLY), droppedSeconds },
  };
}

/** The time one event of a time-based SLI stands for; null where events are what happened. */
export function unitSeconds(slo: Slo): number | null {
  if (slo.sli.kind === 'availability') return 1;
  const slice = sliceSecondsOf(slo);
  return slice === 0 ? null : slice;
}

function wholeUnits(at: number, unit: number): number {
  return Math.floor(at / unit) * unit;
}

function sideBySide(a: Tally, b: Tally): Tally {
  return { ...add(a, b), coveredSeconds: Math.max(a.coveredSeconds, b.coveredSeconds) };
}
