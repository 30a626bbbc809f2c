import { type Slo, sloId } from '../domain/slo';
import { windowEndingAt } from '../domain/slo-window';
import { revisionOf } from '../ledger/revision';
import { floorTo, GRID_SECONDS } from './steps';

/** What is collected together and written together: all streams of one SLO's revision. */
export interface Unit {
  /** Names the unit's lease. */
  readonly key: string;
  readonly revision: string;
  readonly slo: Slo;
}

export function unitOf(slo: Slo): Unit {
  const revision = revisionOf(slo);
  return { key: unitKey({ ...slo, revision }), revision, slo };
}

/** The key of the unit that a stream belongs to. */
export function unitKey(of: Pick<Slo, 'service' | 'name'> & { readonly revision: string }): string {
  return `${sloId(of)}@${of.revision}`;
}

/** Back to where history is wanted: the start of the SLO window that ends now, on the grid. */
export function historyStart(slo: Slo, now: number): number {
  return floorTo(windowEndingAt(slo.window, now).from, GRID_SECONDS);
}
