import type { Objective } from '../domain/objective';
import type { Group, Slo } from '../domain/slo';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import { type ExclusionsInForce, NOTHING_EXCLUDED } from '../ledger/exclusions';
import type { LedgerReader } from '../ledger/ledger';
import { budgetStart } from './compute';
import type { Figurer } from './figurer';
import type { Figures } from './figures';
import { type Replay, replayAlerts, replayReach } from './replay';
import { type Strictest, strictestOf, worstWindow } from './strictest';
import { streamPoints } from './stream-points';
import { Timeline } from './timeline';

export interface WhatIfAsked {
  readonly slo: Slo;
  /** Null asks for all groups together. */
  readonly group: Group;
  readonly objective: Objective;
  /** Epoch seconds on the five-minute grid: alerts are replayed from here. */
  readonly from: number;
  /** Epoch seconds: the budget is that of this minute, the last step replayed that of the grid. */
  readonly to: number;
}

/** What an SLO would have looked like with an objective, all along. */
export interface WhatIf {
  /** At `to`, by the objective that was asked about. */
  readonly figures: Figures;
  readonly replay: Replay;
  /** The strictest objective that the window ending at `to` has met. */
  readonly strictest: Strictest;
  /** The one that every window ending within the replayed time has met. */
  readonly strictestThroughout: Strictest;
}

/** Asks the ledger, or history that is nowhere kept, what another objective would have said. */
export class WhatIfs {
  constructor(
    private readonly figurer: Figurer,
    private readonly ledger: LedgerReader,
    private readonly exclusions: ExclusionsInForce = NOTHING_EXCLUDED,
  ) {}

  /** @returns null when an SLO has no such group */
  async ask({ slo, group, objective, from, to }: WhatIfAsked): Promise<WhatIf | null> {
    const judged: Slo = { ...slo, objective };
    const grid = { from, to: floorTo(to, GRID_SECONDS), stepSeconds: GRID_SECONDS };
    const first = floorTo(budgetStart(slo, from), GRID_SECONDS);
    const reach = Math.min(first, replayReach(judged, grid));
    const [figures, streams] = await Promise.all([
      this.figurer.figures({ slo, group, at: to, objective }),
      streamPoints(this.ledger, this.exclusions, { slo, group, from: reach, to }),
    ]);
    if (figures === null) return null;
    const timeline = new Timeline(judged, streams, { ...grid, from: reach });
    const replay = replayAlerts(judged, timeline, from);
    const worst = worstWindow(judged, timeline, replay.from);
    return {
      figures,
      replay,
      strictest: strictestOf(figures.budget.events),
      strictestThroughout: strictestOf(worst),
    };
  }
}
