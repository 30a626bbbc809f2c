import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { alsoGrant } from './runtime-grants';

/** Reports that are frozen, each chained to the month before it by its hash. */
export class ClosedReports extends ForwardOnly {
  readonly name = 'ClosedReports0000000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table closed_report (
        month text not null,
        time_zone text not null,
        revision integer not null,
        closed_at timestamptz not null,
        author text not null,
        reason text not null,
        hash text not null,
        previous_hash text,
        content text not null,
        constraint closed_report_pkey primary key (time_zone, month, revision),
        constraint closed_report_month_form check (month ~ '^[0-9]{4}-[0-9]{2}$'),
        constraint closed_report_hash_form check (hash ~ '^[0-9a-f]{64}$'),
        constraint closed_report_revision_positive check (revision > 0)
      )
    `);
    await runner.query(`
      create function closed_report_is_final() returns trigger language plpgsql as $$
      begin
        raise exception 'a closed report never changes; a correction is another revision';
      end $$
    `);
    await runner.query(`
      create trigger closed_report_is_final before update or delete or truncate on closed_report
        for each statement execute function closed_report_is_final()
    `);
    await runner.query(`
      comment on table closed_report is
        'Monthly reports as they were closed; nobody changes or deletes one'
    `);
    await alsoGrant(runner, 'select, insert on public.closed_report');
  }
}
