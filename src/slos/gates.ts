import { Injectable, NotFoundException } from '@nestjs/common';
import { type Defined, DefinitionRegistry } from '../definitions/registry';
import { type Group, sloId } from '../domain/slo';
import { Board } from '../evaluation/board';
import type { Figures } from '../evaluation/figures';
import { sameGroup } from '../evaluation/streams-of';
import { InvalidInput } from '../http/invalid-input';
import { type Gate, gateOf, graver, type Known } from './gate';
import { GateOverrides } from './gate-overrides';
import type { GatesQuery } from './gate.dto';
import { gateView } from './gate-views';
import type { GateView } from './gate-view.dto';
import { nothingCollected } from './find-slo';
import { Present } from './present';

type Labels = readonly (readonly [string, string])[];

/** Answers from the board and the overrides in force: no figure is computed while somebody waits. */
@Injectable()
export class Gates {
  constructor(
    private readonly board: Board,
    private readonly registry: DefinitionRegistry,
    private readonly overrides: GateOverrides,
    private readonly present: Present,
  ) {}

  /** @throws NotFoundException for a group that there is none of */
  async one(defined: Defined, group: Group): Promise<GateView> {
    const { slo } = defined;
    const rows = this.rowsOf(defined);
    const own = group === null ? rows : rows.filter((row) => sameGroup(row.group, group));
    if (group !== null && own.length === 0 && rows.length > 0) {
      throw nothingCollected(defined, group);
    }
    const now = this.present.now();
    const inForce = await this.overrides.inForce(now, slo.service);
    const override = inForce.find((each) => sloId(each) === sloId(slo)) ?? null;
    return this.told(gateOf(defined, group, own, override, this.known()), now);
  }

  /**
   * The worst first.
   *
   * @throws InvalidInput without a filter: a gate that everything can close is nobody's
   * @throws NotFoundException where no SLO matches: a misspelt name must not open a gate
   */
  async matching({ service, team }: GatesQuery, labels: Labels): Promise<readonly GateView[]> {
    if (service === undefined && team === undefined && labels.length === 0) {
      const allowed = 'at least one of service, team and label.<name>';
      throw new InvalidInput([{ field: 'service', value: null, allowed }]);
    }
    const matching = this.registry.current().defined.flatMap((defined) => {
      const { slo } = defined;
      if (service !== undefined && slo.service !== service) return [];
      if (team !== undefined && slo.team !== team) return [];
      const has = (group: Group) =>
        labels.every(([name, value]) => (group?.[name] ?? slo.labels[name]) === value);
      const rows = this.rowsOf(defined);
      const own = rows.filter((row) => has(row.group));
      return own.length > 0 || (rows.length === 0 && has(null)) ? [{ defined, own }] : [];
    });
    if (matching.length === 0) throw new NotFoundException('no SLO matches');
    const now = this.present.now();
    const inForce = await this.overrides.inForce(now, service ?? null);
    const byName = new Map(inForce.map((override) => [sloId(override), override]));
    const known = this.known();
    return matching
      .map(({ defined, own }) =>
        gateOf(defined, null, own, byName.get(sloId(defined.slo)) ?? null, known),
      )
      .sort(graver)
      .map((gate) => this.told(gate, now));
  }

  private rowsOf({ slo }: Defined): readonly Figures[] {
    const id = sloId(slo);
    return this.board.current().figures.filter((row) => sloId(row.slo) === id);
  }

  private known(): Known {
    return { snapshot: this.board.current(), latest: this.present.latest() };
  }

  private told(gate: Gate, now: number): GateView {
    return gateView(gate, this.known(), now);
  }
}
