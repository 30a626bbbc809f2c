import type { Objective } from '../domain/objective';
import type { Group, Slo } from '../domain/slo';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import { type ExclusionsInForce, NOTHING_EXCLUDED } from '../ledger/exclusions';
import type { LedgerReader } from '../ledger/ledger';
import { budgetStart } from './compute';
import { ExcludedTime } from './excluded-time';
import type { Figurer } from './figurer';
import type { Figures } from './figures';
import { lookBacksOf } from './look-back';
import { type Replay, replayAlerts } from './replay';
import { type Strictest, strictestOf, worstWindow } from './strictest';
import { streamsOf } from './streams-of';

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
    const figures = await this.figurer.figures({ slo, group, at: to, objective });
    if (figures === null) return null;
    const judged: Slo = { ...slo, objective };
    const reach = Math.min(budgetStart(slo, from), from - longestAlertSeconds(judged, to));
    const time = new ExcludedTime(await this.exclusions.inForce());
    const streams = await Promise.all(
      (await streamsOf(this.ledger, slo, group)).map(async (stream) => ({
        stream,
        points: await this.ledger.series(stream, reach, to, GRID_SECONDS),
        cuts: time.cuts(slo, stream.group, { from: floorTo(reach, GRID_SECONDS), to }),
      })),
    );
    const grid = { from, to: floorTo(to, GRID_SECONDS), stepSeconds: GRID_SECONDS };
    const replay = replayAlerts(judged, streams, grid);
    const worst = worstWindow(judged, streams, { ...grid, from: replay.from });
    return {
      figures,
      replay,
      strictest: strictestOf(figures.budget.events),
      strictestThroughout: strictestOf(worst),
    };
  }
}

function longestAlertSeconds(slo: Slo, at: number): number {
  return Math.max(0, ...lookBacksOf(slo, at).tiers.map(({ tier }) => tier.longSeconds));
}
