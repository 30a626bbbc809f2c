import type { Exclusion } from '../domain/exclusion-scope';
import type { Group, Slo } from '../domain/slo';
import type { Objective } from '../domain/objective';
import type { Figures, RawFigure } from './figures';
import type { FiringSince } from './tier-figures';
import type { Counted } from './missing-time';
import type { Piece } from './objective-pieces';

/** A grouped SLO is asked by label values; null asks for all its groups together. */
export interface FiguresAsked {
  readonly slo: Slo;
  readonly group: Group;
  /** Epoch seconds. */
  readonly at: number;
  /** Asks what another objective would have said. */
  readonly objective?: Objective;
  /** Asks what they would make of it, instead of those in force; definitions keep their own. */
  readonly excluding?: readonly Exclusion[];
  /** Which tiers were firing, which missing data holds; none were where it is left out. */
  readonly firingSince?: FiringSince;
}

/** One interval of a history: events of (t - step, t], and the budget window that ends at t. */
export interface HistoryPoint {
  /** Epoch seconds. */
  readonly t: number;
  readonly good: bigint;
  readonly total: bigint;
  readonly sliRatio: number | null;
  readonly remainingRatio: number | null;
  readonly burnRate: number | null;
  /** Of the windows that were asked for and end at t, in their order. */
  readonly rollingBurnRates: readonly (number | null)[];
  readonly coverageRatio: number;
  /** By what was seen alone, whatever `noData` makes of the rest. */
  readonly raw: RawFigure & { readonly good: bigint; readonly total: bigint };
}

export interface HistoryAsked {
  readonly slo: Slo;
  readonly group: Group;
  readonly from: number;
  readonly to: number;
  /** A multiple of 300. */
  readonly stepSeconds: number;
  /** Windows whose burn is told at the end of each step, multiples of 300; none where left out. */
  readonly windowsSeconds?: readonly number[];
}

export interface History {
  readonly scale: bigint;
  readonly points: readonly HistoryPoint[];
}

/** Events of (t - step, t] alone. */
export interface HistoryStep extends Counted {
  /** Epoch seconds. */
  readonly t: number;
}

export interface Steps {
  readonly scale: bigint;
  /** The objectives that were in force; each step lies within one of them. */
  readonly pieces: readonly Piece[];
  /** Ascending and adjoining. */
  readonly steps: readonly HistoryStep[];
}

/** Answers from the ledger for any instant; the board has the latest. */
export abstract class Figurer {
  /** @returns null when an SLO has no such group */
  abstract figures(asked: FiguresAsked): Promise<Figures | null>;

  /** @returns null when an SLO has no such group */
  abstract history(asked: HistoryAsked): Promise<History | null>;

  /**
   * The events of a history without its windows: half of the points, a tenth of the time.
   *
   * @returns null when an SLO has no such group
   */
  abstract steps(asked: HistoryAsked): Promise<Steps | null>;
}
