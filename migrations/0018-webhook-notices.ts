import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { alsoGrant } from './runtime-grants';

/** Who tells a webhook of alerts at the moment, and what it has been told. */
export class WebhookNotices extends ForwardOnly {
  readonly name = 'WebhookNotices0000000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table alert_webhook (
        name text not null,
        since timestamptz not null,
        holder text,
        expires_at timestamptz not null,
        constraint alert_webhook_pkey primary key (name),
        constraint alert_webhook_since_finite check (isfinite(since)),
        constraint alert_webhook_expires_finite check (isfinite(expires_at))
      ) with (fillfactor = 70)
    `);
    await runner.query(`
      create table alert_notice (
        webhook text not null,
        alert_id bigint not null,
        state text not null,
        noted_at timestamptz not null default clock_timestamp(),
        constraint alert_notice_pkey primary key (webhook, alert_id, state),
        constraint alert_notice_webhook_fkey foreign key (webhook)
          references alert_webhook (name) on delete cascade,
        constraint alert_notice_alert_fkey foreign key (alert_id)
          references alert (id) on delete cascade,
        constraint alert_notice_state_known check (state in ('firing', 'resolved'))
      )
    `);
    await runner.query('create index alert_notice_alert_idx on alert_notice (alert_id)');
    await runner.query(`
      comment on table alert_webhook is
        'Webhooks, what was over before they are told anything, and the replica that tells them'
    `);
    await runner.query(`
      comment on table alert_notice is 'Beginnings and ends of alerts that a webhook was told of'
    `);
    await alsoGrant(
      runner,
      'select, insert, update, delete on public.alert_webhook, public.alert_notice',
    );
  }
}
