import type { LiveRow } from '../../../../src/live/events.dto';
import type { SloRow } from '../../../../src/slos/view-types';
import { groupKey } from '../../figures/group-text';

/** A line of the overview. */
export interface Row {
  readonly key: string;
  readonly slo: string;
  readonly service: string;
  readonly name: string;
  readonly group: SloRow['group'];
  readonly team: string | null;
  readonly description: string | null;
  readonly objective: number;
  readonly window: string;
  readonly status: SloRow['status'];
  readonly sli: number | null;
  readonly remainingRatio: number | null;
  readonly remainingSeconds: number | null;
  readonly coverage: SloRow['coverage'];
  /** Over the last hour. */
  readonly burnRate: number | null;
  /** How many of its alert tiers fire. */
  readonly firing: number;
  /** How many of them page. */
  readonly paging: number;
  readonly sparkline: SloRow['sparkline'];
  /** When the list was read; time within a slice is not in it. */
  readonly dataAgeSeconds: number | null;
  /** Why figures are not known. */
  readonly reason: string | null;
}

export function rowOf(slo: SloRow): Row {
  const { service, name, group, team, description, objective, status, sli, coverage, reason } = slo;
  return {
    ...{ key: keyOf(slo), slo: slo.slo, service, name, group, team, description },
    ...{ objective, status, sli, coverage, reason, sparkline: slo.sparkline },
    dataAgeSeconds: slo.dataAgeSeconds,
    window: slo.window.duration,
    remainingRatio: slo.budget.remainingRatio,
    remainingSeconds: slo.budget.remainingSeconds,
    burnRate: slo.burnRates['1h'] ?? null,
    firing: slo.alerts.filter(({ firing }) => firing).length,
    paging: slo.alerts.filter(({ firing, kind }) => firing && kind === 'page').length,
  };
}

/**
 * A row with what was told of it since. What is not told by itself and follows from what is, follows;
 * the rest stays until the list is read again.
 */
export function patched(row: Row, news: LiveRow): Row {
  const { status, sli, remainingRatio, burnRate, firing, paging } = news;
  return {
    ...row,
    ...{ status, sli, remainingRatio, burnRate, firing, paging },
    remainingSeconds: scaled(row.remainingSeconds, row.remainingRatio, remainingRatio),
    reason: remainingRatio === null ? row.reason : null,
  };
}

/**
 * For how long at least there has been no data; null while there is some, or a reason is told. More may
 * have gone by since the list was read, and a slice that goes on is not counted.
 */
export function silentSeconds({ status, remainingRatio, dataAgeSeconds }: Row): number | null {
  return status === 'no_data' && remainingRatio !== null ? dataAgeSeconds : null;
}

/** The same key for the same row, whatever the order of its labels. */
export function keyOf({ slo, group }: Pick<LiveRow, 'slo' | 'group'>): string {
  return `${slo} ${groupKey(group)}`;
}

/** Time is the same share of its budget. */
function scaled(seconds: number | null, before: number | null, now: number | null): number | null {
  if (seconds === null || before === null || now === null || before === 0) return null;
  return (seconds / before) * now;
}
