import type { Lease } from '../ledger/ledger';

/** The leases of a batch, each once, and which one each write goes by. */
export interface LeaseColumns {
  readonly units: readonly string[];
  readonly epochs: readonly string[];
  /** Place in `units`, from 1, of each write. */
  readonly places: readonly number[];
}

/** Thousands of writes share a few leases: SQL looks each up once. */
export function leaseColumns(writes: readonly { readonly lease: Lease }[]): LeaseColumns {
  const placeOf = new Map<string, number>();
  const units: string[] = [];
  const epochs: string[] = [];
  const places = writes.map(({ lease }) => {
    const key = `${lease.epoch} ${lease.unit}`;
    const known = placeOf.get(key);
    if (known !== undefined) return known;
    units.push(lease.unit);
    epochs.push(String(lease.epoch));
    placeOf.set(key, units.length);
    return units.length;
  });
  return { units, epochs, places };
}

/**
 * The places of the leases that are still what they were. An epoch that rises after this look does
 * no harm: the new holder waits for the streams' rows, and then finds their ends moved.
 *
 * $1 are units, $2 epochs.
 */
export const HELD_UNITS = `
  select l.place
  from unnest($1::text[], $2::bigint[]) with ordinality as l(unit, epoch, place)
  join collection_unit c on c.unit = l.unit and c.epoch = l.epoch`;
