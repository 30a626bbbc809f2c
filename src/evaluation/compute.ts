import { toMillisecond } from '../domain/instant';
import { burnRate } from '../domain/burn-rate';
import { coverageBand, coverageRatio, LEAST_COVERAGE_RATIO } from '../domain/coverage';
import {
  budgetSeconds,
  budgetSpentSeconds,
  type ErrorBudget,
  errorBudget,
  sliRatio,
} from '../domain/error-budget';
import { formatSeconds } from '../domain/duration';
import type { Objective } from '../domain/objective';
import type { Group, Slo } from '../domain/slo';
import { type Span, windowEndingAt, windowSeconds } from '../domain/slo-window';
import { statusOf } from '../domain/status';
import type { Tally } from '../domain/tally';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import { ageInstant, dataAge } from './data-age';
import {
  type BudgetFigure,
  type BurnFigure,
  type Figures,
  hourBurnOf,
  type RawFigure,
} from './figures';
import { lookBacksOf, lookBackStart } from './look-back';
import { budgetedEvents, type Counted, leftSeconds, seenOf } from './missing-time';
import { type ObjectiveChanges, objectiveOver, objectivePieces } from './objective-pieces';
import type { Reading } from './reading';
import { type FiringSince, tierFigures } from './tier-figures';

/** The instants whose points the figures of an SLO need. */
export function instantsFor(
  slo: Slo,
  at: number,
  changes: ObjectiveChanges = [],
): readonly number[] {
  const instants = new Set<number>();
  addInstants(instants, slo, at, changes);
  return [...instants];
}

/** The same, into those of other SLOs: most of them look back to the same instants. */
export function addInstants(
  instants: Set<number>,
  slo: Slo,
  at: number,
  changes: ObjectiveChanges,
): void {
  instants.add(at).add(ageInstant(slo, at));
  for (const seconds of lookBacksOf(slo, at).burnWindows) instants.add(lookBackStart(at, seconds));
  const window = { from: budgetStart(slo, at), to: at };
  for (const { from, to } of objectivePieces(slo.objective, changes, window)) {
    instants.add(from).add(to);
  }
}

/**
 * All figures of an SLO, from its points alone.
 *
 * @param streams one for a group, all of them for the groups together, none when nothing was collected
 * @param changes objectives by which the events of other times are judged
 */
export function computeFigures(
  slo: Slo,
  group: Group,
  streams: readonly Stream[],
  reading: Reading,
  at: number,
  firingSince: FiringSince,
  changes: ObjectiveChanges = [],
): Figures {
  const scale = streams[0]?.scale ?? 1n;
  const lookBacks = lookBacksOf(slo, at);
  const burn = lookBacks.burnWindows.map((seconds) =>
    burnFigure(slo, streams, reading, at, seconds),
  );
  const tiers = tierFigures(slo, burn, scale, lookBacks.tiers, firingSince);
  const budget = budgetFigure(slo, group, streams, reading, at, changes);
  const dataAgeSeconds = dataAge(slo, streams, reading, at);
  return {
    slo,
    revision: streams[0]?.revision ?? revisionOf(slo),
    group,
    scale,
    at,
    budget,
    burn,
    tiers,
    status: statusOf({
      remainingRatio: budget.budget?.remainingRatio ?? null,
      hourBurnRate: hourBurnOf({ burn }),
      pageFiring: tiers.some(({ tier, firing }) => firing && tier.kind === 'page'),
      ticketFiring: tiers.some(({ tier, firing }) => firing && tier.kind === 'ticket'),
      dataAgeSeconds: missedSeconds(streams, reading, at, dataAgeSeconds),
    }),
    dataAgeSeconds,
    lifetime: lifetimeOf(streams),
    readBackTo:
      streams.length === 0 ? null : Math.max(...streams.map(({ backfilledTo }) => backfilledTo)),
  };
}

/** The start of the budget's window: on the five-minute grid for a rolling one. */
export function budgetStart({ window }: Slo, at: number): number {
  return window.kind === 'rolling'
    ? lookBackStart(at, window.seconds)
    : windowEndingAt(window, at).from;
}

/** The burn of a span; null when less than half of what exclusions leave of it is known. */
export function burnWhereKnown(slo: Slo, counted: Counted, seconds: number): number | null {
  if (!knownEnough(counted, seconds)) return null;
  // Without an event nothing burns, however much of the span was seen.
  return burnRate(counted.events, slo.objective) ?? (seconds > 0 ? 0 : null);
}

/** Half of what exclusions leave of a span, or all of it where they leave nothing. */
function knownEnough(counted: Counted, seconds: number): boolean {
  const left = leftSeconds(counted, seconds);
  return left <= 0 || (counted.knownSeconds - seconds + left) / left >= LEAST_COVERAGE_RATIO;
}

function budgetFigure(
  slo: Slo,
  group: Group,
  streams: readonly Stream[],
  reading: Reading,
  at: number,
  changes: ObjectiveChanges,
): BudgetFigure {
  const span = { from: budgetStart(slo, at), to: at };
  return budgetOver(slo, group, streams, reading, span, windowSeconds(slo.window, at), changes);
}

/**
 * The budget of any span whose points were read, at its edges and wherever the objective changed.
 *
 * @param whole seconds that the budget is for: a period that is not over yet has more than the span
 */
export function budgetOver(
  slo: Slo,
  group: Group,
  streams: readonly Stream[],
  reading: Reading,
  span: Span,
  whole: number,
  changes: ObjectiveChanges,
): BudgetFigure {
  const seconds = span.to - span.from;
  const counted = reading.counted(slo, streams, span.from, span.to);
  const events = budgetedEvents(counted, seconds);
  const left = leftSeconds(counted, seconds);
  const counting = whole - (seconds - left);
  const objective = objectiveOver(
    slo,
    changes,
    span,
    (piece) => reading.counted(slo, streams, piece.from, piece.to).events,
  );
  const budget = errorBudget(events, objective);
  const scale = streams[0]?.scale ?? 1n;
  const ratio = sliRatio(events);
  const seen = seenOf(counted);
  return {
    span,
    windowSeconds: whole,
    objective,
    events,
    sliRatio: ratio,
    budget: budget === null ? null : inEvents(budget, scale),
    budgetSeconds: budgetSeconds(objective, counting),
    spent: budgetSpentSeconds(events, objective, counting),
    coverageRatio: coverageRatio(seen, left),
    band: coverageBand(seen, objective, left),
    raw:
      counted.raw === events
        ? { sliRatio: ratio, remainingRatio: budget?.remainingRatio ?? null }
        : rawFigure(slo, streams, reading, changes, span, counted, objective),
    exclusions: reading.touching(slo, group, streams, span),
    reason: unknownReason(streams, events, span, left),
  };
}

/** By what was seen alone, judged by what was in force: no digit of it moves with an exclusion. */
function rawFigure(
  slo: Slo,
  streams: readonly Stream[],
  reading: Reading,
  changes: ObjectiveChanges,
  span: Span,
  { raw, cut }: Counted,
  objective: Objective,
): RawFigure {
  const judging =
    cut === undefined
      ? objective
      : objectiveOver(
          slo,
          changes,
          span,
          (piece) => reading.countedWhole(slo, streams, piece.from, piece.to).events,
        );
  return {
    sliRatio: sliRatio(raw),
    remainingRatio: errorBudget(raw, judging)?.remainingRatio ?? null,
  };
}

function burnFigure(
  slo: Slo,
  streams: readonly Stream[],
  reading: Reading,
  at: number,
  seconds: number,
): BurnFigure {
  const span = reading.spanEndingAt(at, seconds);
  const { from } = span;
  const counted = reading.counted(slo, streams, from, at);
  const rate = burnWhereKnown(slo, counted, at - from);
  const coverage = coverageRatio(seenOf(counted), leftSeconds(counted, at - from));
  return {
    windowSeconds: seconds,
    span,
    events: counted.events,
    coverageRatio: coverage,
    burnRate: rate,
    raw: rawBurn(slo, counted, at - from, rate),
    reason:
      rate === null
        ? `the source was seen in ${Math.floor(coverage * 100)} % of ${whatIsLeft(counted)}the last ${formatSeconds(seconds)}, less than half`
        : null,
  };
}

/** By what was seen alone, without exclusions. */
function rawBurn(
  slo: Slo,
  { events, raw, cut }: Counted,
  seconds: number,
  rate: number | null,
): BurnFigure['raw'] {
  if (cut === undefined && raw === events) return { events: raw, burnRate: rate };
  const seen = { events: raw, raw, knownSeconds: raw.coveredSeconds };
  return { events: raw, burnRate: burnWhereKnown(slo, seen, seconds) };
}

function whatIsLeft({ cut }: Counted): string {
  return cut === undefined ? '' : 'what exclusions leave of ';
}

/** How long nothing was seen but should have been: nobody looks for data in time that is dropped. */
function missedSeconds(
  streams: readonly Stream[],
  reading: Reading,
  at: number,
  age: number | null,
): number | null {
  return age === null ? null : age - reading.droppedSeconds(streams, at - age, at);
}

function unknownReason(
  streams: readonly Stream[],
  events: Tally,
  { from, to }: Span,
  left: number,
): string | null {
  if (events.total > 0n) return null;
  if (streams.length === 0) return 'nothing has been collected yet';
  const trouble = streams.find((stream) => stream.trouble !== undefined)?.trouble;
  if (trouble !== undefined) return trouble;
  const oldest = Math.min(...streams.map((stream) => stream.oldest.at));
  if (to <= oldest) return `the ledger's first point is at ${toMillisecond(oldest)}`;
  const span = `between ${toMillisecond(from)} and ${toMillisecond(to)}`;
  if (left <= 0) return `everything ${span} is excluded, so that nothing is spent`;
  return events.coveredSeconds > 0
    ? `no event was counted ${span}, so there is no SLI and nothing is spent`
    : `the source was not seen ${span}`;
}

/** Cumulative since the streams began; only ever grows, for the exported counters. */
function lifetimeOf(streams: readonly Stream[]): Tally {
  const [only] = streams;
  if (only !== undefined && streams.length === 1) return only.newest;
  return {
    good: streams.reduce((sum, { newest }) => sum + newest.good, 0n),
    total: streams.reduce((sum, { newest }) => sum + newest.total, 0n),
    coveredSeconds: Math.max(0, ...streams.map(({ newest }) => newest.coveredSeconds)),
  };
}

function inEvents(budget: ErrorBudget, scale: bigint): ErrorBudget {
  if (scale === 1n) return budget;
  return {
    ...budget,
    allowedBad: budget.allowedBad / Number(scale),
    remainingBad: budget.remainingBad / Number(scale),
  };
}
