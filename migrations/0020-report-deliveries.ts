import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { alsoGrant } from './runtime-grants';

/** Who gets closed reports, who brings them at the moment, and what they have had. */
export class ReportDeliveries extends ForwardOnly {
  readonly name = 'ReportDeliveries0000000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table report_target (
        name text not null,
        since timestamptz not null,
        holder text,
        expires_at timestamptz not null,
        constraint report_target_pkey primary key (name),
        constraint report_target_since_finite check (isfinite(since)),
        constraint report_target_expires_finite check (isfinite(expires_at))
      ) with (fillfactor = 70)
    `);
    await runner.query(`
      create table report_delivery (
        target text not null,
        time_zone text not null,
        month text not null,
        revision integer not null,
        attempts integer not null,
        attempted_at timestamptz not null,
        reached text[] not null,
        delivered boolean not null,
        error text,
        constraint report_delivery_pkey primary key (target, time_zone, month, revision),
        constraint report_delivery_target_fkey foreign key (target)
          references report_target (name) on delete cascade,
        constraint report_delivery_attempts_positive check (attempts > 0),
        constraint report_delivery_says_why check (delivered = (error is null))
      )
    `);
    await runner.query(`
      comment on table report_target is
        'Who gets closed reports, since when, and the replica that brings them at the moment'
    `);
    await runner.query(`
      comment on table report_delivery is
        'Closed reports that were brought to a target, or were tried to'
    `);
    await alsoGrant(
      runner,
      'select, insert, update, delete on public.report_target, public.report_delivery',
    );
  }
}
