import { randomUUID } from 'node:crypto';
import { type Attempted, DeliveryLog, type Outcome } from '../reports/delivery/delivery-log';
import { writeAudit } from './audit-rows';
import type { Database } from './database';

type Row = readonly [
  target: string,
  timeZone: string,
  month: string,
  revision: number,
  attempts: number,
  at: number,
  reached: readonly string[],
  delivered: boolean,
  error: string | null,
];

/** The tables `report_target` and `report_delivery`. Leases expire by the database's clock. */
export class PostgresDeliveryLog extends DeliveryLog {
  /** @param holder what this replica is called; the same after a restart, which then need not wait */
  constructor(
    private readonly database: Database,
    private readonly holder: string = randomUUID(),
  ) {
    super();
  }

  async open(targets: readonly string[], now: number): Promise<void> {
    await this.database.rows(
      `insert into report_target (name, since, expires_at)
       select name, to_timestamp($2), to_timestamp(0) from unnest($1::text[]) as t(name)
       on conflict do nothing`,
      [targets, now],
    );
  }

  async hold(target: string, seconds: number): Promise<number | null> {
    const [row] = await this.database.rows<[number]>(
      `update report_target
       set holder = $2, expires_at = clock_timestamp() + make_interval(secs => $3)
       where name = $1 and (holder is not distinct from $2 or expires_at <= clock_timestamp())
       returning extract(epoch from since)::float8`,
      [target, this.holder, seconds],
    );
    return row?.[0] ?? null;
  }

  async release(target: string): Promise<void> {
    await this.database.rows(
      `update report_target set holder = null, expires_at = to_timestamp(0)
       where name = $1 and holder = $2`,
      [target, this.holder],
    );
  }

  async targets(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.rows<[string, number]>(
      'select name, extract(epoch from since)::float8 from report_target',
    );
    return new Map(rows);
  }

  async attempted(target: string | null = null): Promise<readonly Attempted[]> {
    const rows = await this.database.rows<Row>(
      `select target, time_zone, month, revision, attempts,
         extract(epoch from attempted_at)::float8, reached, delivered, error
       from report_delivery where $1::text is null or target = $1`,
      [target],
    );
    return rows.map(
      ([target, timeZone, month, revision, attempts, at, reached, delivered, error]) => ({
        ...{ target, timeZone, month, revision, attempts, at, reached, delivered, error },
      }),
    );
  }

  async note({ target, timeZone, month, revision, hash, ...came }: Outcome): Promise<void> {
    const { at, reached, error } = came;
    await this.database.transaction(async (session) => {
      const [changed] = await session.rows<[number]>(
        `insert into report_delivery as d
           (target, time_zone, month, revision, attempts, attempted_at, reached, delivered, error)
         values ($1, $2, $3, $4, 1, to_timestamp($5), $6::text[], $7::text is null, $7)
         on conflict on constraint report_delivery_pkey do update
           set attempts = d.attempts + 1, attempted_at = excluded.attempted_at,
             reached = excluded.reached, delivered = excluded.delivered, error = excluded.error
           where not d.delivered
         returning attempts`,
        [target, timeZone, month, revision, at, reached, error],
      );
      if (changed === undefined || error !== null) return;
      await writeAudit(session, {
        ...{ actor: 'slowburn', requestId: null, address: null },
        action: 'report.deliver',
        subject: `${month} ${timeZone}`,
        before: null,
        after: { target, revision, hash, reached },
      });
    });
  }
}
