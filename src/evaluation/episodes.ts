import { type Spent, spentIn } from '../domain/episode';
import type { Group, Slo } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import { GRID_SECONDS } from '../ledger/grid';
import type { Figurer } from './figurer';
import type { Figures } from './figures';
import { spentSteps } from './spent-steps';

export interface EpisodesAsked {
  readonly slo: Slo;
  /** Null asks for all groups together. */
  readonly group: Group;
  /** Epoch seconds on the five-minute grid; null asks for the SLO window that ends at `to`. */
  readonly from: number | null;
  readonly to: number;
  readonly mergeSeconds: number;
}

export interface Spending extends Spent {
  readonly span: Span;
  /** Of the SLO window that ends with the span: shares are of its budget. */
  readonly figures: Figures;
}

/** Asks the ledger what spent a budget. */
export class Episodes {
  constructor(private readonly figurer: Figurer) {}

  /** @returns null when an SLO has no such group */
  async ask({ slo, group, to, mergeSeconds, ...asked }: EpisodesAsked): Promise<Spending | null> {
    const figures = await this.figurer.figures({ slo, group, at: to });
    if (figures === null) return null;
    const from = asked.from ?? figures.budget.span.from;
    const steps = await this.figurer.steps({ slo, group, from, to, stepSeconds: GRID_SECONDS });
    if (steps === null) return null;
    return { ...spentIn(spentSteps(slo, steps, from), mergeSeconds), span: { from, to }, figures };
  }
}
