import type { LatencySli } from '../domain/slo';
import { formatSelector, parseSelector } from '../promql/selector';
import { secondsText } from './native-sli';

const BUCKET = '_bucket';

/**
 * The latency SLI behind a bucket and its count: its threshold is matched however `le` is spelt.
 *
 *     x_seconds_bucket{le="0.5"} of x_seconds_count = x_seconds within 500ms
 *
 * @returns null for anything else: other units than seconds, thresholds finer than a millisecond
 */
export function latencyOf(good: string, total: string): LatencySli | null {
  const [bucket, count] = [parseSelector(good), parseSelector(total)];
  const stem = bucket.metric.endsWith(BUCKET) ? bucket.metric.slice(0, -BUCKET.length) : null;
  if (stem?.endsWith('_seconds') !== true) return null;
  const bounds = bucket.matchers.filter(({ label }) => label === 'le');
  const [bound] = bounds;
  if (bounds.length !== 1 || bound?.op !== '=') return null;
  const milliseconds = millisecondsOf(bound.value);
  if (milliseconds === null) return null;
  const matchers = bucket.matchers.filter(({ label }) => label !== 'le');
  const wholes = [
    { metric: `${stem}_count`, matchers },
    { metric: bucket.metric, matchers: [...matchers, { ...bound, value: '+Inf' }] },
  ].map(formatSelector);
  if (!wholes.includes(formatSelector(count))) return null;
  return {
    kind: 'latency',
    histogram: formatSelector({ metric: stem, matchers }),
    thresholdSeconds: secondsText(milliseconds),
    native: false,
  };
}

/** A bound in whole milliseconds: `0.4` is 400. */
function millisecondsOf(bound: string): number | null {
  const [, whole, thousandths = ''] = /^(\d{1,9})(?:\.(\d{1,3})0*)?$/.exec(bound) ?? [];
  if (whole === undefined) return null;
  const milliseconds = Number(whole) * 1000 + Number(thousandths.padEnd(3, '0'));
  return milliseconds > 0 ? milliseconds : null;
}
