import { HOUR_SECONDS } from '../domain/duration';
import { sloId } from '../domain/slo';
import type { Figures } from '../evaluation/figures';
import type { LiveRow } from './events.dto';

/** The few figures of a row that a page shows and that change by themselves. */
export function liveRow({ slo, group, status, budget, burn, tiers }: Figures): LiveRow {
  return {
    slo: sloId(slo),
    group,
    status,
    sli: budget.sliRatio,
    remainingRatio: budget.budget?.remainingRatio ?? null,
    burnRate: burn.find(({ windowSeconds }) => windowSeconds === HOUR_SECONDS)?.burnRate ?? null,
    firing: tiers.filter(({ firing }) => firing).length,
    paging: tiers.filter(({ firing, tier }) => firing && tier.kind === 'page').length,
  };
}

/** What tells rows apart. */
export function rowKey({ slo, group }: Pick<LiveRow, 'slo' | 'group'>): string {
  return `${slo} ${JSON.stringify(group)}`;
}
