import { rfc3339 } from '../domain/instant';
import { formatSeconds } from '../domain/duration';
import { toNumber } from '../domain/fraction';
import { type Group, type Slo, sloId } from '../domain/slo';
import { windowName } from '../domain/slo-window';
import { badOf, unscaled } from '../domain/tally';
import type { TouchingExclusion } from '../evaluation/excluded-time';
import type { BudgetFigure, BurnFigure, Figures, TierFigure } from '../evaluation/figures';
import type { History } from '../evaluation/figurer';
import type { HistorySpan } from './history-span';
import type { Sparkline } from '../evaluation/sparklines';
import type {
  BudgetView,
  BurnRatesView,
  BurnWindowView,
  FiringView,
  HistoryView,
  SloRow,
  SparklineView,
  TouchingExclusionView,
  WindowView,
} from './view-types';

/** Figures as the contract's JSON: RFC 3339 times, plain events, null with a reason for the unknown. */
export function budgetView(figures: Figures): BudgetView {
  const { slo, group, budget, scale } = figures;
  const { events } = budget;
  return {
    slo: sloId(slo),
    group,
    at: rfc3339(figures.at),
    objective: slo.objective.ratio,
    window: windowView(figures),
    events: {
      good: unscaled(events.good, scale),
      bad: unscaled(badOf(events), scale),
      total: unscaled(events.total, scale),
    },
    sli: budget.sliRatio,
    budget: allowance(budget),
    coverage: {
      ratio: budget.coverageRatio,
      remainingRatioWorst: budget.band?.remainingRatioWorst ?? null,
      remainingRatioBest: budget.band?.remainingRatioBest ?? null,
    },
    raw: { sli: budget.raw.sliRatio, remainingRatio: budget.raw.remainingRatio },
    exclusions: budget.exclusions.map(touchingView),
    status: figures.status,
    reason: budget.reason,
  };
}

/** The SLO window that a budget is of, with the instants used. */
export function windowView({ slo, budget }: Figures): WindowView {
  return {
    kind: slo.window.kind,
    duration: windowName(slo.window),
    from: rfc3339(budget.span.from),
    to: rfc3339(budget.span.to),
  };
}

export function touchingView(exclusion: TouchingExclusion): TouchingExclusionView {
  const { from, to } = exclusion;
  return { ...exclusion, from: rfc3339(from), to: rfc3339(to) };
}

function allowance({
  objective,
  budget,
  budgetSeconds,
  spent,
}: BudgetFigure): BudgetView['budget'] {
  return {
    ratio: objective.budgetRatio,
    allowedBad: budget?.allowedBad ?? null,
    consumedRatio: budget?.consumedRatio ?? null,
    remainingRatio: budget?.remainingRatio ?? null,
    remainingBad: budget?.remainingBad ?? null,
    totalSeconds: budgetSeconds,
    consumedSeconds: spent?.consumedSeconds ?? null,
    remainingSeconds: spent?.remainingSeconds ?? null,
  };
}

/** One row of the list: the budget with the burn of every window and what fires. */
export function sloRow(figures: Figures): SloRow {
  return Object.assign(budgetView(figures), {
    service: figures.slo.service,
    name: figures.slo.name,
    team: figures.slo.team,
    labels: figures.slo.labels,
    description: figures.slo.description,
    burnRates: Object.fromEntries(
      figures.burn.map(({ windowSeconds, burnRate }) => [formatSeconds(windowSeconds), burnRate]),
    ),
    alerts: figures.tiers.map(firingView),
    dataAgeSeconds: figures.dataAgeSeconds,
  });
}

/** Six digits are more than a small chart has pixels, and half as many bytes. */
export function sparklineView({ from, sliRatios, remainingRatios }: Sparkline): SparklineView {
  const rounded = (ratio: number | null) =>
    ratio === null ? null : Math.round(ratio * 1_000_000) / 1_000_000;
  return {
    from: rfc3339(from).slice(0, 10),
    sli: sliRatios.map(rounded),
    remainingRatio: remainingRatios.map(rounded),
  };
}

export function burnRatesView(figures: Figures): BurnRatesView {
  return {
    slo: sloId(figures.slo),
    group: figures.group,
    at: rfc3339(figures.at),
    windows: Object.fromEntries(
      figures.burn.map((burn) => [
        formatSeconds(burn.windowSeconds),
        burnWindow(burn, figures.scale),
      ]),
    ),
    alerts: figures.tiers.map(firingView),
  };
}

function burnWindow(burn: BurnFigure, scale: bigint): BurnWindowView {
  return {
    burnRate: burn.burnRate,
    bad: unscaled(badOf(burn.events), scale),
    total: unscaled(burn.events.total, scale),
    coverage: burn.coverageRatio,
    raw: {
      burnRate: burn.raw.burnRate,
      bad: unscaled(badOf(burn.raw.events), scale),
      total: unscaled(burn.raw.events.total, scale),
    },
    reason: burn.reason,
  };
}

function firingView({ tier, severity, firing, since }: TierFigure): FiringView {
  return {
    kind: tier.kind,
    severity,
    long: formatSeconds(tier.longSeconds),
    short: formatSeconds(tier.shortSeconds),
    factor: toNumber(tier.factor),
    firing,
    since: since === null ? null : rfc3339(since),
  };
}

export function historyView(
  slo: Slo,
  group: Group,
  history: History,
  { stepSeconds, windowsSeconds }: Pick<HistorySpan, 'stepSeconds' | 'windowsSeconds'>,
): HistoryView {
  const { scale } = history;
  const names = windowsSeconds.map(formatSeconds);
  return {
    slo: sloId(slo),
    group,
    step: formatSeconds(stepSeconds),
    points: history.points.map((point) => {
      return {
        t: rfc3339(point.t),
        ...countsOf(point, scale),
        burnRate: point.burnRate,
        ...(names.length > 0 && { burnRates: zipped(names, point.rollingBurnRates) }),
        coverage: point.coverageRatio,
        raw: countsOf(point.raw, scale),
      };
    }),
  };
}

function zipped(
  names: readonly string[],
  values: readonly (number | null)[],
): Readonly<Record<string, number | null>> {
  return Object.fromEntries(names.map((name, k) => [name, values[k] ?? null]));
}

function countsOf(
  { good, total, sliRatio, remainingRatio }: History['points'][number]['raw'],
  scale: bigint,
) {
  return {
    good: unscaled(good, scale),
    total: unscaled(total, scale),
    sli: sliRatio,
    remainingRatio,
  };
}
