import { MINUTE_SECONDS } from '../domain/duration';
import type { Slo } from '../domain/slo';
import { NO_DATA_AFTER_SECONDS } from '../domain/status';
import type { Stream } from '../ledger/stream';
import { burnWindows, lookBackStart } from './look-back';
import { sliceSecondsOf } from './missing-time';
import type { Reading } from './reading';

/**
 * Seconds since the end of the last covered step; null when there was none.
 *
 * Slices are only seen at their ends, so the time within one is not yet old. At a past instant the
 * streams no longer tell when they were last seen: then it is a lower bound, the longest look-back
 * without data.
 */
export function dataAge(
  slo: Slo,
  streams: readonly Stream[],
  reading: Reading,
  at: number,
): number | null {
  const covered = streams.map(({ lastCoveredAt }) => lastCoveredAt).filter((seen) => seen !== null);
  if (covered.length === 0 || streams.every(({ oldest }) => at <= oldest.at)) return null;
  const slice = sliceSecondsOf(slo);
  const last = Math.max(...covered);
  if (last <= at) return Math.max(0, at - last - slice);
  const silent = lookBacks(slo, at).filter(
    (seconds) =>
      reading.counted(slo, streams, lookBackStart(at, seconds), at).raw.coveredSeconds === 0,
  );
  return Math.max(0, ...silent.map((seconds) => seconds - slice));
}

/** Instants whose points tell the age at a past instant. */
export function ageInstants(slo: Slo, at: number): readonly number[] {
  return lookBacks(slo, at).map((seconds) => lookBackStart(at, seconds));
}

function lookBacks(slo: Slo, at: number): readonly number[] {
  const tooOld = NO_DATA_AFTER_SECONDS + MINUTE_SECONDS + sliceSecondsOf(slo);
  return [tooOld, ...burnWindows(slo, at)];
}
