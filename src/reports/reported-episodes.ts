import type { Spent } from '../domain/episode';
import { badOf, unscaled } from '../domain/tally';
import type { BudgetFigure } from '../evaluation/figures';
import type { ReportedEpisode } from './report';
import { toMillisecond } from '../domain/instant';

/** What spent a month's budget, most first. */
export function reportedEpisodes(
  { episodes }: Spent,
  { budget }: BudgetFigure,
  scale: bigint,
): readonly ReportedEpisode[] {
  return episodes
    .map((episode) => {
      const bad = unscaled(badOf(episode.events), scale);
      return {
        from: toMillisecond(episode.from),
        to: toMillisecond(episode.to),
        bad,
        total: unscaled(episode.events.total, scale),
        budgetShare: budget === null || budget.allowedBad <= 0 ? null : bad / budget.allowedBad,
        peakBurnRate: episode.peakBurnRate,
      };
    })
    .sort((a, b) => b.bad - a.bad || (a.from < b.from ? -1 : 1));
}
