import { HOUR_SECONDS } from '../domain/duration';
import type { AlertTier } from '../domain/alert-policy';
import type { CoverageBand } from '../domain/coverage';
import type { ErrorBudget, SpentSeconds } from '../domain/error-budget';
import type { Objective } from '../domain/objective';
import type { Group, Slo } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import type { Status } from '../domain/status';
import type { Tally } from '../domain/tally';
import type { TouchingExclusion } from './excluded-time';

/** Why a figure is null; a sentence for people. */
export type Reason = string;

/** One look-back window's burn. */
export interface BurnFigure {
  readonly windowSeconds: number;
  readonly span: Span;
  readonly events: Tally;
  /** 0 to 1, of what exclusions leave. */
  readonly coverageRatio: number;
  /** Null below half coverage, with the reason. */
  readonly burnRate: number | null;
  /** By what was seen alone, whatever is excluded and whatever `noData` makes of the rest. */
  readonly raw: { readonly events: Tally; readonly burnRate: number | null };
  readonly reason: Reason | null;
}

export interface TierFigure {
  readonly tier: AlertTier;
  /** The severity it carries: page or ticket, or what the definition calls it. */
  readonly severity: string;
  readonly long: BurnFigure;
  readonly short: BurnFigure;
  readonly firing: boolean;
  /** Epoch seconds since when it fires; null when it does not. */
  readonly since: number | null;
  /** What keeps a page back that would be firing; null when nothing does. */
  readonly heldBy: Guard | null;
}

/** The least there must be of events, or of bad ones, before somebody is woken. */
export type Guard = 'minEvents' | 'minBadEvents';

/** Budget of one SLO window. */
export interface BudgetFigure {
  readonly span: Span;
  readonly windowSeconds: number;
  /** What the events were judged by: the mean over them where it changed within the window. */
  readonly objective: Objective;
  readonly events: Tally;
  readonly sliRatio: number | null;
  readonly budget: ErrorBudget | null;
  /** (1 - objective) x window seconds, but for those that were dropped. */
  readonly budgetSeconds: number;
  /** The budget as time; null when it is unknown. */
  readonly spent: SpentSeconds | null;
  readonly coverageRatio: number;
  readonly band: CoverageBand | null;
  /** By what was seen alone, whatever is excluded and whatever `noData` makes of the rest. */
  readonly raw: RawFigure;
  /** Those that touched the window. */
  readonly exclusions: readonly TouchingExclusion[];
  /** Why there is no SLI, or no budget either. */
  readonly reason: Reason | null;
}

export interface RawFigure {
  readonly sliRatio: number | null;
  readonly remainingRatio: number | null;
}

/** All there is to say of one SLO, or one group of it, at one instant. */
export interface Figures {
  readonly slo: Slo;
  /** What is counted: another revision counts from zero. */
  readonly revision: string;
  readonly group: Group;
  /** Scale of the counts in every tally here. */
  readonly scale: bigint;
  /** Epoch seconds; floored to the minute. */
  readonly at: number;
  readonly budget: BudgetFigure;
  /** Ascending by length: 5m 30m 1h 2h 6h 1d 3d, the alert windows and the SLO's own. */
  readonly burn: readonly BurnFigure[];
  readonly tiers: readonly TierFigure[];
  readonly status: Status;
  /** Seconds since the end of the last covered step at `at`, at least; null when there was none. */
  readonly dataAgeSeconds: number | null;
  /**
   * Events since the stream's first live point, on top of those that earlier revisions had counted;
   * falls only by a correction.
   */
  readonly lifetime: Tally;
  /** Epoch seconds back to which the source has been read; null before it was. */
  readonly readBackTo: number | null;
}

/** How fast the budget burned over the last hour; null where nothing is known of it. */
export function hourBurnOf({ burn }: Pick<Figures, 'burn'>): number | null {
  return burn.find(({ windowSeconds }) => windowSeconds === HOUR_SECONDS)?.burnRate ?? null;
}
