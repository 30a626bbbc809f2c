import type { Lease } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import type { Session } from './database';
import { HELD_UNITS, leaseColumns } from './held-units';
import { numbers } from './sql-array';
import { STREAM_COLUMNS, type StreamRow, toStream } from './stream-rows';

/**
 * Locks streams in the order of their ids, and reads them as they are then. Those whose lease has
 * passed on are left out.
 */
export async function lockHeldStreams(
  session: Session,
  writes: readonly { readonly streamId: number; readonly lease: Lease }[],
): Promise<ReadonlyMap<number, Stream>> {
  const leases = leaseColumns(writes);
  const rows = await session.rows<StreamRow>(
    `with held as materialized (${HELD_UNITS})
     select ${STREAM_COLUMNS} from stream s
     where s.id in (
       select a.id from unnest($3::integer[], $4::integer[]) as a(id, place) join held using (place)
     )
     order by s.id for no key update of s`,
    [
      leases.units,
      leases.epochs,
      numbers(writes.map((write) => write.streamId)),
      numbers(leases.places),
    ],
  );
  return byId(rows);
}

export async function lockStreams(
  session: Session,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Stream>> {
  const rows = await session.rows<StreamRow>(
    `select ${STREAM_COLUMNS} from stream s where s.id = any($1::integer[])
     order by s.id for no key update of s`,
    [numbers(ids)],
  );
  return byId(rows);
}

function byId(rows: readonly StreamRow[]): ReadonlyMap<number, Stream> {
  return new Map(rows.map((row) => [row[0], toStream(row)]));
}
