import { type Cut, cutsOf, type Touched, touchedBy } from '../domain/cut';
import type { WrittenExclusion } from '../domain/exclusion';
import { definedExclusions, type Exclusion, isAbout, isWithin } from '../domain/exclusion-scope';
import { type Group, type Slo, sliceSecondsOf, sloId } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import { GRID_SECONDS } from '../ledger/grid';

/** An exclusion that a window was touched by, with its edges as they were used. */
export interface TouchingExclusion
  extends
    Pick<Exclusion, 'id'>,
    Pick<WrittenExclusion, 'treatment' | 'reason' | 'author'>,
    Touched {}

const NOTHING: readonly Exclusion[] = [];
const NOTHING_CUT: readonly Cut[] = [];

/** The exclusions that are in force at one moment, by SLO; nothing is looked for where there are none. */
export class ExcludedTime {
  /** By `service/name` and by service; those of labels have to be gone through. */
  private readonly byName = new Map<string, Exclusion[]>();
  private readonly byLabel: Exclusion[] = [];
  private readonly made = new Map<string, readonly Cut[]>();

  constructor(inForce: readonly Exclusion[]) {
    for (const exclusion of inForce) {
      const { scope } = exclusion;
      if (scope.kind === 'label') {
        this.byLabel.push(exclusion);
        continue;
      }
      const key = scope.kind === 'slo' ? sloId(scope) : scope.service;
      const known = this.byName.get(key);
      if (known === undefined) this.byName.set(key, [exclusion]);
      else known.push(exclusion);
    }
  }

  /** What is excluded for an SLO, whatever group it is about. */
  of(slo: Slo): readonly Exclusion[] {
    if (this.byName.size === 0 && this.byLabel.length === 0 && slo.exclusions.length === 0) {
      return NOTHING;
    }
    const named = [sloId(slo), slo.service, ...(slo.renamedFrom === null ? [] : [slo.renamedFrom])];
    return [
      ...named.flatMap((name) => this.byName.get(name) ?? NOTHING),
      ...this.byLabel.filter(({ scope }) => isWithin(scope, slo)),
      ...definedExclusions(slo),
    ];
  }

  /** What is cut out of a span of a group; the same list for all whose exclusions are the same. */
  cuts(slo: Slo, group: Group, within: Span): readonly Cut[] {
    const own = this.of(slo).filter((exclusion) => isAbout(exclusion, group));
    if (own.length === 0) return NOTHING_CUT;
    const grid = exclusionGrid(slo);
    const key = `${own.map(({ id }) => id).join(' ')} ${within.from} ${within.to} ${grid}`;
    const known = this.made.get(key) ?? cutsOf(own, within, grid);
    this.made.set(key, known);
    return known;
  }

  /** Which exclusions touched a span of some groups. */
  touching(slo: Slo, groups: readonly Group[], span: Span): readonly TouchingExclusion[] {
    return this.of(slo).flatMap((exclusion): readonly TouchingExclusion[] => {
      if (!groups.some((group) => isAbout(exclusion, group))) return [];
      const touched = touchedBy(exclusion, span, exclusionGrid(slo));
      const { id, treatment, reason, author } = exclusion;
      return touched === null ? [] : [{ id, treatment, reason, author, ...touched }];
    });
  }
}

/**
 * What the edges of exclusions are rounded to: five minutes, on which history is kept, or as much
 * more as whole slices need. A slice is counted at its end, so that half of one cannot be excluded.
 */
export function exclusionGrid(slo: Slo): number {
  const slice = sliceSecondsOf(slo);
  let grid = GRID_SECONDS;
  while (slice > 0 && grid % slice !== 0) grid += GRID_SECONDS;
  return grid;
}
