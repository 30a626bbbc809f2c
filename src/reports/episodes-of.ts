import { spentIn } from '../domain/episode';
import type { Slo } from '../domain/slo';
import { badOf, unscaled } from '../domain/tally';
import type { Steps } from '../evaluation/figurer';
import type { BudgetFigure } from '../evaluation/figures';
import { spentSteps } from '../evaluation/spent-steps';
import type { ReportedEpisode } from './report';
import { rfc3339 } from './slo-report';

/** What spent a month's budget, most first. */
export function episodesOf(
  slo: Slo,
  steps: Steps,
  from: number,
  { budget }: BudgetFigure,
  scale: bigint,
): readonly ReportedEpisode[] {
  const { episodes } = spentIn(spentSteps(slo, steps, from), 0);
  return episodes
    .map((episode) => {
      const bad = unscaled(badOf(episode.events), scale);
      return {
        from: rfc3339(episode.from),
        to: rfc3339(episode.to),
        bad,
        total: unscaled(episode.events.total, scale),
        budgetShare: budget === null || budget.allowedBad <= 0 ? null : bad / budget.allowedBad,
        peakBurnRate: episode.peakBurnRate,
      };
    })
    .sort((a, b) => b.bad - a.bad || (a.from < b.from ? -1 : 1));
}
