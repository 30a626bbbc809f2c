/** How an SLO is doing, in one word; the order is from worst to best news after `no_data`. */
export type Status = 'no_data' | 'exhausted' | 'critical' | 'at_risk' | 'healthy';

/** In this order for good: the metric `slo_status` tells a status by its place here. */
export const STATUSES: readonly Status[] = [
  'no_data',
  'exhausted',
  'critical',
  'at_risk',
  'healthy',
];

/** Covered data older than this is no data. */
export const NO_DATA_AFTER_SECONDS = 15 * 60;
const CRITICAL_REMAINING_RATIO = 0.1;
const AT_RISK_REMAINING_RATIO = 0.5;

export interface StatusInput {
  /** Signed share of the budget that is left; null when it cannot be known. */
  readonly remainingRatio: number | null;
  /** Burn rate over the last hour; null when it cannot be known. */
  readonly hourBurnRate: number | null;
  readonly pageFiring: boolean;
  readonly ticketFiring: boolean;
  /** Seconds since the end of the last covered step; null when there never was one. */
  readonly dataAgeSeconds: number | null;
}

/**
 * no_data: no covered step for 15 minutes; exhausted: nothing left; critical: a page is firing or
 * under 10 % is left; at_risk: a ticket is firing, or the last hour burns above 1 with less than
 * half left; healthy: everything else.
 */
export function statusOf(input: StatusInput): Status {
  const { remainingRatio, hourBurnRate, dataAgeSeconds } = input;
  if (remainingRatio === null || dataAgeSeconds === null) return 'no_data';
  if (dataAgeSeconds > NO_DATA_AFTER_SECONDS) return 'no_data';
  if (remainingRatio <= 0) return 'exhausted';
  if (input.pageFiring || remainingRatio < CRITICAL_REMAINING_RATIO) return 'critical';
  const burning = (hourBurnRate ?? 0) > 1 && remainingRatio < AT_RISK_REMAINING_RATIO;
  return input.ticketFiring || burning ? 'at_risk' : 'healthy';
}
