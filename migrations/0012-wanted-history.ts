import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** History that somebody asked for beyond the SLO's window. A new query begins without. */
export class WantedHistory extends ForwardOnly {
  readonly name = 'WantedHistory0000000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table wanted_history (
        service text not null,
        name text not null,
        revision text not null,
        wanted_from timestamptz not null,
        asked_by text not null,
        asked_at timestamptz not null default clock_timestamp(),
        constraint wanted_history_pkey primary key (service, name, revision),
        constraint wanted_history_from_finite check (isfinite(wanted_from))
      )
    `);
    await runner.query(`
      comment on table wanted_history is
        'Back to when an SLO is read where that is longer ago than its window begins'
    `);
    await runner.query(`
      create or replace function slowburn_grant_runtime(role regrole) returns void
      language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      begin
        execute format('grant usage on schema public to %s', role);
        execute format('grant select, insert, update on public.stream, public.collection_unit, public.definition_revision, public.api_token, public.wanted_history to %s', role);
        execute format('grant select, insert, update, delete on public.live_point, public.history_day, public.step_flag, public.api_definition to %s', role);
        execute format('grant select, insert on public.audit, public.slo_rename to %s', role);
        execute format('grant select, update on public.definition_sequence to %s', role);
        execute format('grant select on public.migrations to %s', role);
        execute format('grant execute on function public.slowburn_make_partitions(text, date[]), public.slowburn_drop_partitions(text, date) to %s', role);
      end $$
    `);
  }
}
