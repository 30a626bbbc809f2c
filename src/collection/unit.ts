import { createHash } from 'node:crypto';
import { type Slo, sloId } from '../domain/slo';
import { windowEndingAt } from '../domain/slo-window';
import { revisionOf } from '../ledger/revision';
import { floorTo, GRID_SECONDS } from '../ledger/grid';

/** What is read together and written together: all streams of one SLO's revision. */
export interface Unit {
  readonly key: string;
  /** Name of the lease that it is collected under, together with others. */
  readonly lease: string;
  readonly revision: string;
  readonly slo: Slo;
}

/** So many replicas can share the work; a lease for each SLO would be renewed every minute. */
const LEASES = 16;

const made = new WeakMap<Slo, Unit>();

export function unitOf(slo: Slo): Unit {
  const known = made.get(slo);
  if (known !== undefined) return known;
  const revision = revisionOf(slo);
  const unit = { key: unitKey({ ...slo, revision }), lease: leaseOf(slo), revision, slo };
  made.set(slo, unit);
  return unit;
}

function leaseOf(slo: Slo): string {
  const digest = createHash('sha256').update(sloId(slo)).digest();
  return `units-${String(digest.readUInt8(0) % LEASES).padStart(2, '0')}`;
}

/** The key of the unit that a stream belongs to. */
export function unitKey(of: Pick<Slo, 'service' | 'name'> & { readonly revision: string }): string {
  return `${sloId(of)}@${of.revision}`;
}

/** Back to where history is wanted: the start of the SLO window that ends now, on the grid. */
export function historyStart(slo: Slo, now: number): number {
  return floorTo(windowEndingAt(slo.window, now).from, GRID_SECONDS);
}

/**
 * Back to where history is read: the start of the SLO window, or further where it was asked for,
 * but never past what the ledger keeps.
 *
 * @param asked epoch seconds on the grid; undefined where nobody asked
 */
export function historyTarget(
  slo: Slo,
  now: number,
  asked: number | undefined,
  retentionSeconds: number,
): number {
  const start = historyStart(slo, now);
  if (asked === undefined) return start;
  return Math.min(start, Math.max(asked, earliestKept(now, retentionSeconds)));
}

/** The first instant on the grid that the ledger keeps. */
export function earliestKept(now: number, retentionSeconds: number): number {
  return floorTo(now - retentionSeconds, GRID_SECONDS) + GRID_SECONDS;
}
