import { randomUUID } from 'node:crypto';
import { Leases } from '../collection/leases';
import type { Lease } from '../ledger/ledger';
import type { Database } from './database';

/** Leases as rows with an expiry by the database's clock; works behind any connection pooler. */
export class PostgresLeases extends Leases {
  /**
   * @param holder what this replica is called; the same after a restart, so that a killed process
   *   does not have to wait for its own leases to expire
   */
  constructor(
    private readonly database: Database,
    private readonly holder: string = randomUUID(),
  ) {
    super();
  }

  /**
   * Rows that somebody else is claiming at this moment are skipped, not waited for. A change of hands
   * raises the epoch; a renewal keeps it, or our own writes on the way would be fenced off.
   */
  async claim(units: readonly string[], ttlSeconds: number): Promise<readonly Lease[]> {
    if (units.length === 0) return [];
    const claimed = await this.claimKnown(units, ttlSeconds);
    if (claimed.length === units.length) return claimed;
    const added = await this.database.rows<[string]>(
      `insert into collection_unit (unit, holder, epoch, expires_at)
       select u, null, 1, to_timestamp(0) from unnest($1::text[]) as u order by u
       on conflict (unit) do nothing
       returning unit`,
      [units],
    );
    return added.length === 0 ? claimed : this.claimKnown(units, ttlSeconds);
  }

  async release(leases: readonly Lease[]): Promise<void> {
    await this.database.rows(
      `update collection_unit c set holder = null, expires_at = to_timestamp(0)
       from unnest($1::text[], $2::bigint[]) as l(unit, epoch)
       where c.unit = l.unit and c.epoch = l.epoch and c.holder = $3`,
      [leases.map((lease) => lease.unit), leases.map((lease) => String(lease.epoch)), this.holder],
    );
  }

  private async claimKnown(
    units: readonly string[],
    ttlSeconds: number,
  ): Promise<readonly Lease[]> {
    const rows = await this.database.rows<[string, bigint]>(
      `with free as materialized (
         select unit from collection_unit
         where unit = any($1::text[]) and (holder = $2 or expires_at <= clock_timestamp())
         order by unit
         for update skip locked
       )
       update collection_unit c set
         epoch = case when c.holder = $2 then c.epoch else c.epoch + 1 end,
         holder = $2,
         expires_at = clock_timestamp() + make_interval(secs => $3)
       from free where c.unit = free.unit
       returning c.unit, c.epoch`,
      [units, this.holder, ttlSeconds],
    );
    return rows.map(([unit, epoch]) => ({ unit, epoch }));
  }
}
