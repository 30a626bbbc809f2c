import { parseSeconds } from '../domain/duration';
import type { Slo } from '../domain/slo';
import { bucketsOf } from '../promql/bucket';
import { formatSelector, parseSelector } from '../promql/selector';
import type { CounterSource } from './counter-reader';

const LOOKED_BACK_SECONDS = parseSeconds('1d');

/** A latency threshold that no bucket of the histogram has. */
export class ThresholdNotABucket extends Error {
  constructor(histogram: string, thresholdSeconds: string, bounds: readonly number[]) {
    const threshold = Number(thresholdSeconds);
    const below = bounds.filter((bound) => bound < threshold).at(-1);
    const above = bounds.find((bound) => bound > threshold);
    const nearest = [below, above].filter((bound) => bound !== undefined);
    super(
      `threshold ${thresholdSeconds} s is not a bucket of ${histogram}, allowed: ` +
        `${nearest.map((bound) => `${bound} s`).join(' or ')} (the nearest; all: ${bounds.join(', ')})`,
    );
    this.name = 'ThresholdNotABucket';
  }
}

/**
 * Refuses a latency SLO whose threshold is no bucket: nothing between two buckets can be counted,
 * only guessed. A histogram without any series yet is given the benefit of the doubt.
 *
 * @throws ThresholdNotABucket that names the neighbours
 */
export async function refuseUnknownBucket(at: CounterSource, slo: Slo, now: number): Promise<void> {
  const { sli } = slo;
  if (sli.kind !== 'latency' || sli.native) return;
  const buckets = formatSelector(bucketsOf(parseSelector(sli.histogram)));
  const sets = await at.source.labelSets(at.datasource, buckets, now - LOOKED_BACK_SECONDS, now);
  const bounds = [...new Set(sets.map(({ le }) => Number(le)))]
    .filter((bound) => Number.isFinite(bound))
    .sort((a, b) => a - b);
  if (bounds.length === 0 || bounds.includes(Number(sli.thresholdSeconds))) return;
  throw new ThresholdNotABucket(sli.histogram, sli.thresholdSeconds, bounds);
}
