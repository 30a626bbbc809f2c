import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** What was defined when: every event is judged by the objective of its time. */
export class DefinitionRevisions extends ForwardOnly {
  readonly name = 'DefinitionRevisions0000000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table definition_revision (
        id integer generated always as identity,
        service text not null,
        name text not null,
        valid_from timestamptz not null,
        valid_to timestamptz,
        counted text not null,
        objective numeric not null,
        spec jsonb not null,
        origin text not null,
        constraint definition_revision_pkey primary key (id),
        constraint definition_revision_objective_range check (objective > 0 and objective < 1),
        constraint definition_revision_spans_time check (valid_to >= valid_from)
      )
    `);
    await runner.query(`
      create unique index definition_revision_in_force_key
        on definition_revision (service, name) where valid_to is null
    `);
    await runner.query(`
      create index definition_revision_slo_idx on definition_revision (service, name, valid_from)
    `);
    await runner.query(`
      create or replace function slowburn_grant_runtime(role regrole) returns void
      language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      begin
        execute format('grant usage on schema public to %s', role);
        execute format('grant select, insert, update on public.stream, public.collection_unit, public.definition_revision to %s', role);
        execute format('grant select, insert, update, delete on public.live_point, public.history_day, public.step_flag to %s', role);
        execute format('grant select, insert on public.audit to %s', role);
        execute format('grant select on public.migrations to %s', role);
        execute format('grant execute on function public.slowburn_make_partitions(text, date[]), public.slowburn_drop_partitions(text, date) to %s', role);
      end $$
    `);
  }
}
