import { MINUTE_SECONDS } from '../domain/duration';
import { type Slo, sliceSecondsOf } from '../domain/slo';
import { NO_DATA_AFTER_SECONDS } from '../domain/status';
import type { Stream } from '../ledger/stream';
import { lookBacksOf, lookBackStart } from './look-back';
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
  let last = -Infinity;
  for (const { lastCoveredAt } of streams) last = Math.max(last, lastCoveredAt ?? -Infinity);
  if (last === -Infinity || streams.every(({ oldest }) => at <= oldest.at)) return null;
  const slice = sliceSecondsOf(slo);
  if (last <= at) return Math.max(0, at - last - slice);
  const silent = lookBacks(slo, at).filter(
    (seconds) =>
      reading.counted(slo, streams, lookBackStart(at, seconds), at).raw.coveredSeconds === 0,
  );
  return Math.max(0, ...silent.map((seconds) => seconds - slice));
}

/** The instant whose points, beside those of the burn windows, tell the age at a past instant. */
export function ageInstant(slo: Slo, at: number): number {
  return lookBackStart(at, tooOldSeconds(slo));
}

function lookBacks(slo: Slo, at: number): readonly number[] {
  return [tooOldSeconds(slo), ...lookBacksOf(slo, at).burnWindows];
}

function tooOldSeconds(slo: Slo): number {
  return NO_DATA_AFTER_SECONDS + MINUTE_SECONDS + sliceSecondsOf(slo);
}
