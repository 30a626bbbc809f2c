import type { DeliveryConfig } from '../../config/config';
import type { ClosedReport } from '../report-archive';
import type { Attempted } from './delivery-log';

export type ClosedMeta = Omit<ClosedReport, 'content'>;

/**
 * Whether a target gets a closed report.
 *
 * @param timeZones those whose months are closed
 * @param since when the target was there first, epoch seconds
 */
export function wants(
  delivery: DeliveryConfig,
  timeZones: readonly string[],
  { month, timeZone, closedAt }: ClosedMeta,
  since: number,
): boolean {
  const zones = delivery.timeZones.length === 0 ? timeZones : delivery.timeZones;
  if (!zones.includes(timeZone)) return false;
  return delivery.since === null ? closedAt >= since : month >= delivery.since;
}

/** What was tried of a report for a target; undefined before the first attempt. */
export function attemptOf(
  attempted: readonly Attempted[],
  target: string,
  { month, timeZone, revision }: ClosedMeta,
): Attempted | undefined {
  return attempted.find(
    (each) =>
      each.target === target &&
      each.month === month &&
      each.timeZone === timeZone &&
      each.revision === revision,
  );
}
