import { tierFires } from '../domain/alert-policy';
import { burnRate } from '../domain/burn-rate';
import { coverageBand, coverageRatio, LEAST_COVERAGE_RATIO } from '../domain/coverage';
import { budgetSeconds, errorBudget, sliRatio } from '../domain/error-budget';
import { formatSeconds } from '../domain/duration';
import type { Objective } from '../domain/objective';
import type { Group, Slo } from '../domain/slo';
import { windowEndingAt, windowSeconds } from '../domain/slo-window';
import { statusOf } from '../domain/status';
import type { Stream } from '../ledger/stream';
import type { BudgetFigure, BurnFigure, Figures, TierFigure } from './figures';
import { burnWindows, lookBackStart, tiersOf } from './look-back';
import type { Reading } from './reading';

const HOUR = 3_600;

/** The instants whose points the figures of an SLO need. */
export function instantsFor(slo: Slo, at: number): readonly number[] {
  const starts = burnWindows(slo, at).map((seconds) => lookBackStart(at, seconds));
  return [at, budgetStart(slo, at), ...starts];
}

/**
 * All figures of an SLO, from its points alone.
 *
 * @param streams one for a group, all of them for the groups together; at least one
 * @param since when a tier began to fire, as far as is known
 */
export function computeFigures(
  slo: Slo,
  group: Group,
  streams: readonly [Stream, ...Stream[]],
  reading: Reading,
  at: number,
  since: (tier: TierFigure['tier']) => number | null,
): Figures {
  const burn = burnWindows(slo, at).map((seconds) =>
    burnFigure(slo.objective, streams, reading, at, seconds),
  );
  const tiers = tiersOf(slo, at).flatMap(({ severity, ...tier }) => {
    const long = burn.find(({ windowSeconds: length }) => length === tier.longSeconds);
    const short = burn.find(({ windowSeconds: length }) => length === tier.shortSeconds);
    if (long === undefined || short === undefined) return [];
    const before = since(tier);
    // Missing data holds the state: it neither fires nor resolves.
    const unknown = long.burnRate === null || short.burnRate === null;
    const firing = unknown
      ? before !== null
      : tierFires(tier, slo.objective, long.events, short.events);
    return [{ tier, severity, long, short, firing, since: firing ? (before ?? at) : null }];
  });
  const budget = budgetFigure(slo, slo.objective, streams, reading, at);
  const dataAgeSeconds = dataAge(slo, streams, at);
  return {
    slo,
    group,
    scale: streams[0].scale,
    at,
    budget,
    burn,
    tiers,
    status: statusOf({
      remainingRatio: budget.budget?.remainingRatio ?? null,
      hourBurnRate: burn.find(({ windowSeconds: length }) => length === HOUR)?.burnRate ?? null,
      pageFiring: tiers.some(({ tier, firing }) => firing && tier.kind === 'page'),
      ticketFiring: tiers.some(({ tier, firing }) => firing && tier.kind === 'ticket'),
      dataAgeSeconds,
    }),
    dataAgeSeconds,
    lifetime: lifetimeOf(streams),
  };
}

function budgetFigure(
  slo: Slo,
  objective: Objective,
  streams: readonly [Stream, ...Stream[]],
  reading: Reading,
  at: number,
): BudgetFigure {
  const from = budgetStart(slo, at);
  const whole = windowSeconds(slo.window, at);
  const events = reading.events(streams, from, at);
  const budget = errorBudget(events, objective);
  return {
    span: { from, to: at },
    windowSeconds: whole,
    events,
    sliRatio: sliRatio(events),
    budget:
      budget === null
        ? null
        : {
            ...budget,
            allowedBad: inEvents(budget.allowedBad, streams[0].scale),
            remainingBad: inEvents(budget.remainingBad, streams[0].scale),
          },
    budgetSeconds: budgetSeconds(objective, whole),
    coverageRatio: coverageRatio(events, at - from),
    band: coverageBand(events, objective, at - from),
    reason: budget === null ? unknownReason(streams, from, at) : null,
  };
}

function burnFigure(
  objective: Objective,
  streams: readonly Stream[],
  reading: Reading,
  at: number,
  seconds: number,
): BurnFigure {
  const from = lookBackStart(at, seconds);
  const events = reading.events(streams, from, at);
  const coverage = coverageRatio(events, at - from);
  const enough = coverage >= LEAST_COVERAGE_RATIO;
  return {
    windowSeconds: seconds,
    span: { from, to: at },
    events,
    coverageRatio: coverage,
    burnRate: enough ? burnRate(events, objective) : null,
    reason: enough
      ? null
      : `the source was seen in ${Math.floor(coverage * 100)} % of the last ${formatSeconds(seconds)}, less than half`,
  };
}

/** The start of the budget's window: on the five-minute grid for a rolling one. */
function budgetStart(slo: Slo, at: number): number {
  const { from } = windowEndingAt(slo.window, at);
  return slo.window.kind === 'rolling' ? lookBackStart(at, slo.window.seconds) : from;
}

/** Slices are only seen at their ends, so the time within one is not yet old. */
function dataAge(slo: Slo, streams: readonly Stream[], at: number): number | null {
  const covered = streams.map(({ lastCoveredAt }) => lastCoveredAt).filter((seen) => seen !== null);
  if (covered.length === 0) return null;
  const slice =
    slo.sli.kind === 'threshold'
      ? slo.sli.sliceSeconds
      : slo.budgeting.kind === 'occurrences'
        ? 0
        : slo.budgeting.sliceSeconds;
  return Math.max(0, at - Math.max(...covered) - slice);
}

function unknownReason(streams: readonly Stream[], from: number, at: number): string {
  const oldest = Math.min(...streams.map((stream) => stream.oldest.at));
  if (at <= oldest) return `the ledger's first point is at ${iso(oldest)}`;
  return `the source was not seen between ${iso(from)} and ${iso(at)}`;
}

/** Cumulative since the streams began; only ever grows, for the exported counters. */
function lifetimeOf(streams: readonly Stream[]) {
  return {
    good: streams.reduce((sum, { newest }) => sum + newest.good, 0n),
    total: streams.reduce((sum, { newest }) => sum + newest.total, 0n),
    coveredSeconds: Math.max(...streams.map(({ newest }) => newest.coveredSeconds)),
  };
}

function inEvents(count: number, scale: bigint): number {
  return scale === 1n ? count : count / Number(scale);
}

function iso(at: number): string {
  return new Date(at * 1000).toISOString();
}
