import { sloId } from '../domain/slo';
import { type Figures, hourBurnOf } from '../evaluation/figures';
import type { LiveRow } from './events.dto';

/** The few figures of a row that a page shows and that change by themselves. */
export function liveRow({ slo, group, status, budget, burn, tiers }: Figures): LiveRow {
  return {
    slo: sloId(slo),
    group,
    status,
    sli: budget.sliRatio,
    remainingRatio: budget.budget?.remainingRatio ?? null,
    burnRate: hourBurnOf({ burn }),
    firing: tiers.filter(({ firing }) => firing).length,
    paging: tiers.filter(({ firing, tier }) => firing && tier.kind === 'page').length,
  };
}
