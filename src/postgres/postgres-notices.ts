import { randomUUID } from 'node:crypto';
import { type Notice, Notices } from '../alerting/notices';
import type { Database } from './database';

/** The tables `alert_webhook` and `alert_notice`. Leases expire by the database's clock. */
export class PostgresNotices extends Notices {
  /** @param holder what this replica is called; the same after a restart, which then need not wait */
  constructor(
    private readonly database: Database,
    private readonly holder: string = randomUUID(),
  ) {
    super();
  }

  async hold(webhook: string, seconds: number, now: number): Promise<number | null> {
    const [row] = await this.database.rows<[number]>(
      `insert into alert_webhook as w (name, since, holder, expires_at)
       values ($1, to_timestamp($4), $2, clock_timestamp() + make_interval(secs => $3))
       on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
         where w.holder is not distinct from excluded.holder or w.expires_at <= clock_timestamp()
       returning extract(epoch from since)::float8`,
      [webhook, this.holder, seconds, now],
    );
    return row?.[0] ?? null;
  }

  async release(webhook: string): Promise<void> {
    await this.database.rows(
      `update alert_webhook set holder = null, expires_at = to_timestamp(0)
       where name = $1 and holder = $2`,
      [webhook, this.holder],
    );
  }

  async noted(webhook: string): Promise<readonly Notice[]> {
    const rows = await this.database.rows<[bigint, Notice['state']]>(
      'select alert_id, state from alert_notice where webhook = $1',
      [webhook],
    );
    return rows.map(([id, state]) => ({ alertId: String(id), state }));
  }

  async note(webhook: string, notices: readonly Notice[]): Promise<void> {
    await this.database.rows(
      `insert into alert_notice (webhook, alert_id, state)
       select $1, n.id, n.state from unnest($2::bigint[], $3::text[]) as n(id, state)
       on conflict do nothing`,
      [webhook, notices.map(({ alertId }) => alertId), notices.map(({ state }) => state)],
    );
  }

  async settle(webhook: string, before: number): Promise<void> {
    await this.database.transaction(async (session) => {
      await session.rows(
        `update alert_webhook set since = to_timestamp($2)
         where name = $1 and since < to_timestamp($2)`,
        [webhook, before],
      );
      await session.rows(
        `delete from alert_notice n using alert a
         where n.webhook = $1 and a.id = n.alert_id and a.ended_at < to_timestamp($2)`,
        [webhook, before],
      );
    });
  }
}
