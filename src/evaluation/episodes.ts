import { type Spent, spentIn } from '../domain/episode';
import type { Objective } from '../domain/objective';
import type { Group, Slo } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import { type ExclusionsInForce, NOTHING_EXCLUDED } from '../ledger/exclusions';
import { GRID_SECONDS } from '../ledger/grid';
import { ExcludedTime, type TouchingExclusion } from './excluded-time';
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
  /** Judges all of it, instead of the objectives that were in force. */
  readonly objective?: Objective;
}

export interface Spending extends Spent {
  readonly span: Span;
  /** Of the SLO window that ends with the span: shares are of its budget. */
  readonly figures: Figures;
  /** The exclusions that touched a part of it, with their edges as they were used. */
  readonly excludedIn: (part: Span) => readonly TouchingExclusion[];
}

/** Asks the ledger what spent a budget. */
export class Episodes {
  constructor(
    private readonly figurer: Figurer,
    private readonly exclusions: ExclusionsInForce = NOTHING_EXCLUDED,
  ) {}

  /** @returns null when an SLO has no such group */
  async ask({ slo, group, to, mergeSeconds, ...asked }: EpisodesAsked): Promise<Spending | null> {
    const { objective } = asked;
    const other = objective === undefined ? {} : { objective };
    const figures = await this.figurer.figures({ slo, group, at: to, ...other });
    if (figures === null) return null;
    const from = asked.from ?? figures.budget.span.from;
    const steps = await this.figurer.steps({ slo, group, from, to, stepSeconds: GRID_SECONDS });
    if (steps === null) return null;
    const judged = objective === undefined ? steps : { ...steps, pieces: [] };
    const time = new ExcludedTime(await this.exclusions.inForce());
    const groups = groupsMeant(slo, group, time);
    return {
      ...spentIn(spentSteps({ ...slo, ...other }, judged, from), mergeSeconds),
      span: { from, to },
      figures,
      excludedIn: (part) => time.touching(slo, groups, part),
    };
  }
}

/** All groups together are touched by what is about any of them. */
function groupsMeant(slo: Slo, group: Group, time: ExcludedTime): readonly Group[] {
  return group !== null || slo.groupBy.length === 0
    ? [group]
    : [null, ...time.of(slo).map((exclusion) => exclusion.group)];
}
