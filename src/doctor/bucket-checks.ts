import { refuseUnknownBucket, ThresholdNotABucket } from '../collection/bucket-check';
import { counterPair } from '../promql/counter-pair';
import { seriesOf } from './asked-counter';
import { askTogether } from './asked-together';
import type { Examined } from './examined';
import type { Symptom } from './finding';

/** Whether the threshold is a bucket, and whether every target has it. */
export async function checkBuckets(examined: Examined): Promise<readonly Symptom[]> {
  const { slo, at, now } = examined;
  const pair = counterPair(slo);
  if (slo.sli.kind !== 'latency' || pair === null) return [];
  try {
    await refuseUnknownBucket(at, slo, now);
  } catch (error) {
    if (error instanceof ThresholdNotABucket) return [notABucket(error.message)];
    throw error;
  }
  const by = `by (${pair.total.identity.join(', ')})`;
  const on = `on (${pair.total.identity.join(', ')})`;
  const all = `group ${by} (${seriesOf(pair.total)})`;
  const answers = await askTogether(
    at,
    {
      lacking: `count(${all} unless ${on} group ${by} (${seriesOf(pair.part)}))`,
      targets: `count(${all})`,
    },
    now,
  );
  const lacking = answers.get('lacking') ?? 0;
  if (lacking === 0) return [];
  return [
    {
      check: 'bucket-missing-on-some',
      severity: 'warning',
      path: 'sli.latency.threshold',
      value: `${lacking} of ${answers.get('targets') ?? 0} targets of ${slo.sli.histogram} have no bucket of ${slo.sli.thresholdSeconds} s: all their requests count as slow`,
      allowed: 'the same buckets on every target',
      action:
        'give all versions of the service the bucket, or narrow the selector to those that have it',
    },
  ];
}

/** The error's sentence holds the value, what is allowed and the neighbours. */
function notABucket(message: string): Symptom {
  const [value = message, allowed = ''] = message.split(', allowed: ');
  return {
    check: 'threshold-not-a-bucket',
    severity: 'error',
    path: 'sli.latency.threshold',
    value,
    allowed,
    action: 'choose one of these, or add the bucket to the histogram',
  };
}
