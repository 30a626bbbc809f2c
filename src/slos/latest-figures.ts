import { Injectable } from '@nestjs/common';
import type { Group, Slo } from '../domain/slo';
import { Board, type Snapshot } from '../evaluation/board';
import type { Figures } from '../evaluation/figures';
import { ExclusionsInForce } from '../ledger/exclusions';

/** The board, for answers about now; what was excluded or taken back since, it does not know yet. */
@Injectable()
export class LatestFigures {
  constructor(
    private readonly board: Board,
    private readonly exclusions: ExclusionsInForce,
  ) {}

  current(): Snapshot {
    return this.board.current();
  }

  /** As they were evaluated last, with the state of the alerts; undefined where that is out of date. */
  async of(slo: Slo, group: Group): Promise<Figures | undefined> {
    const { figures, excluding } = this.board.current();
    const found = figures.find((each) => each.slo === slo && isSame(each.group, group));
    if (found === undefined) return undefined;
    return excluding === (await this.exclusions.inForce()) ? found : undefined;
  }
}

function isSame(a: Group, b: Group): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(group: Group): readonly (readonly [string, string])[] | null {
  return group === null ? null : Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1));
}
