import { toMillisecond } from '../domain/instant';
import type { CalendarDay, CalendarMonth } from '../domain/calendar-month';
import { sloId } from '../domain/slo';
import { badOf, unscaled } from '../domain/tally';
import type { BudgetFigure } from '../evaluation/figures';
import type { PeriodFigures } from '../evaluation/period-figures';
import type {
  ReportedAlerts,
  ReportedBudget,
  ReportedDay,
  ReportedEpisode,
  SloReport,
} from './report';

/**
 * An SLO's part of the report.
 *
 * @param row figures of the month, of each day, of the month up to each day's end, of the months before
 */
export function sloReport(
  { slo, group, scale, figures, objectives }: PeriodFigures,
  days: readonly CalendarDay[],
  before: readonly CalendarMonth[],
  episodes: readonly ReportedEpisode[],
  alerts: ReportedAlerts,
): SloReport {
  const [month, ...rest] = figures;
  if (month === undefined) throw new Error('a report asks for its month');
  const upTo = rest.slice(days.length, 2 * days.length);
  const earlier = rest.slice(2 * days.length);
  const { events, coverageRatio, band, raw } = month;
  const bad = unscaled(badOf(events), scale);
  const total = unscaled(events.total, scale);
  return {
    slo: sloId(slo),
    service: slo.service,
    group,
    description: slo.description,
    team: slo.team,
    objective: month.objective.ratio,
    objectives: objectives.map(({ from, to, objective }) => ({
      from: toMillisecond(from),
      to: toMillisecond(to),
      objective: objective.ratio,
    })),
    met: events.total === 0n ? null : (month.budget?.remainingRatio ?? -1) >= 0,
    sli: month.sliRatio,
    events: { good: unscaled(events.good, scale), bad, total },
    budget: budgetOf(month),
    downtimeMinutes: total === 0 ? null : ((bad / total) * events.coveredSeconds) / 60,
    coverage: {
      ratio: coverageRatio,
      remainingRatioWorst: band?.remainingRatioWorst ?? null,
      remainingRatioBest: band?.remainingRatioBest ?? null,
    },
    raw: { sli: raw.sliRatio, remainingRatio: raw.remainingRatio },
    reason: month.reason,
    days: days.map((day, k) => dayOf(day, rest[k], upTo[k], scale)),
    episodes,
    exclusions: month.exclusions.map(({ id, from, to, treatment, reason, author }) => ({
      ...{ id, treatment, reason, author },
      from: toMillisecond(from),
      to: toMillisecond(to),
    })),
    alerts,
    previousMonths: before.map((each, k) => ({
      month: each.name,
      sli: earlier[k]?.sliRatio ?? null,
      remainingRatio:
        (earlier[k]?.events.total ?? 0n) === 0n
          ? null
          : (earlier[k]?.budget?.remainingRatio ?? null),
    })),
  };
}

function budgetOf({ objective, budget, budgetSeconds, spent }: BudgetFigure): ReportedBudget {
  return {
    ratio: objective.budgetRatio,
    allowedBad: budget?.allowedBad ?? null,
    consumedRatio: budget?.consumedRatio ?? null,
    remainingRatio: budget?.remainingRatio ?? null,
    remainingBad: budget?.remainingBad ?? null,
    totalMinutes: budgetSeconds / 60,
    consumedMinutes: spent === null ? null : spent.consumedSeconds / 60,
    remainingMinutes: spent === null ? null : spent.remainingSeconds / 60,
  };
}

function dayOf(
  { date }: CalendarDay,
  day: BudgetFigure | undefined,
  upTo: BudgetFigure | undefined,
  scale: bigint,
): ReportedDay {
  return {
    date,
    sli: day?.sliRatio ?? null,
    bad: day === undefined ? 0 : unscaled(badOf(day.events), scale),
    total: day === undefined ? 0 : unscaled(day.events.total, scale),
    coverage: day?.coverageRatio ?? 0,
    remainingRatio: upTo?.budget?.remainingRatio ?? null,
  };
}
