import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * Definitions that were made over the API, and which SLO goes on under which name. Every change takes
 * the next number of `definition_sequence`: it is the definition's version, and replicas see by it
 * that something changed.
 */
export class ApiDefinitions extends ForwardOnly {
  readonly name = 'ApiDefinitions0000000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table api_definition (
        service text not null,
        name text not null,
        version bigint not null,
        text text not null,
        counted text not null,
        objective numeric not null,
        spec jsonb not null,
        updated_by text not null,
        updated_at timestamptz not null,
        constraint api_definition_pkey primary key (service, name),
        constraint api_definition_version_key unique (version),
        constraint api_definition_objective_range check (objective > 0 and objective < 1)
      )
    `);
    await runner.query(`
      comment on column api_definition.text is 'One SLO in the native language, slowburn/v1'
    `);
    await runner.query(`
      create table definition_sequence (
        last bigint not null,
        is_only boolean not null default true,
        constraint definition_sequence_pkey primary key (is_only),
        constraint definition_sequence_has_one_row check (is_only)
      )
    `);
    await runner.query(`insert into definition_sequence (last) values (0)`);
    await runner.query(`
      create table slo_rename (
        id integer generated always as identity,
        service text not null,
        name text not null,
        from_service text not null,
        from_name text not null,
        at timestamptz not null,
        constraint slo_rename_pkey primary key (id),
        constraint slo_rename_is_one check ((service, name) <> (from_service, from_name))
      )
    `);
    await runner.query(`create index slo_rename_to_idx on slo_rename (service, name)`);
    await runner.query(`create index slo_rename_from_idx on slo_rename (from_service, from_name)`);
    await runner.query(`create index stream_slo_idx on stream (service, name)`);
    await runner.query(`
      alter table definition_revision
        add column actor text not null default 'files',
        add column request_id text,
        add column by_api boolean not null default false,
        add column text text
    `);
    await runner.query(`
      create or replace function slowburn_grant_runtime(role regrole) returns void
      language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      begin
        execute format('grant usage on schema public to %s', role);
        execute format('grant select, insert, update on public.stream, public.collection_unit, public.definition_revision, public.api_token to %s', role);
        execute format('grant select, insert, update, delete on public.live_point, public.history_day, public.step_flag, public.api_definition to %s', role);
        execute format('grant select, insert on public.audit, public.slo_rename to %s', role);
        execute format('grant select, update on public.definition_sequence to %s', role);
        execute format('grant select on public.migrations to %s', role);
        execute format('grant execute on function public.slowburn_make_partitions(text, date[]), public.slowburn_drop_partitions(text, date) to %s', role);
      end $$
    `);
  }
}
