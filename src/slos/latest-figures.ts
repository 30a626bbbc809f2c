import { Injectable } from '@nestjs/common';
import type { Group, Slo } from '../domain/slo';
import { Board, type Snapshot } from '../evaluation/board';
import { Figurer } from '../evaluation/figurer';
import type { Figures, TierFigure } from '../evaluation/figures';
import type { FiringSince } from '../evaluation/tier-figures';
import { ExclusionsInForce } from '../ledger/exclusions';
import { LedgerUnavailable } from '../ledger/ledger';

/** The board, for answers about now; what was excluded or taken back since, it does not know yet. */
@Injectable()
export class LatestFigures {
  constructor(
    private readonly board: Board,
    private readonly exclusions: ExclusionsInForce,
    private readonly figurer: Figurer,
  ) {}

  current(): Snapshot {
    return this.board.current();
  }

  /**
   * As they were evaluated last; computed anew where that is out of date, with the alerts that were
   * firing then.
   *
   * @param at the last step that was due, epoch seconds
   * @returns null when an SLO has no such group
   */
  async of(slo: Slo, group: Group, at: number): Promise<Figures | null> {
    const { figures, excluding } = this.board.current();
    const found = figures.find((each) => each.slo === slo && isSame(each.group, group));
    if (found !== undefined && (await this.areStill(excluding))) return found;
    const firingSince: FiringSince = ({ longSeconds, shortSeconds }, severity) =>
      found?.tiers.find(
        (known) =>
          known.severity === severity &&
          known.tier.longSeconds === longSeconds &&
          known.tier.shortSeconds === shortSeconds,
      )?.since ?? null;
    const anew = await this.figurer.figures({ slo, group, at, firingSince });
    return anew === null ? null : { ...anew, tiers: anew.tiers.map(begunAt(at)) };
  }

  /** While the database is away nobody can have excluded anything, and the board still answers. */
  private async areStill(excluding: Snapshot['excluding']): Promise<boolean> {
    try {
      return excluding === (await this.exclusions.inForce());
    } catch (error) {
      if (error instanceof LedgerUnavailable) return true;
      throw error;
    }
  }
}

/** What fires and did not when it was evaluated last fires since now. */
function begunAt(at: number): (tier: TierFigure) => TierFigure {
  return (tier) => (tier.firing ? { ...tier, since: tier.since ?? at } : tier);
}

function isSame(a: Group, b: Group): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(group: Group): readonly (readonly [string, string])[] | null {
  return group === null ? null : Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1));
}
