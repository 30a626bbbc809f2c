import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * Tokens of the API, as hashes only; where a change came from; and an audit that not even the owner
 * of its table changes by mistake, as most installations run the service as the owner.
 */
export class Tokens extends ForwardOnly {
  readonly name = 'Tokens0000000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table api_token (
        id uuid not null default gen_random_uuid(),
        name text not null,
        role text not null,
        digest bytea not null,
        created_at timestamptz not null default clock_timestamp(),
        created_by text not null,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        constraint api_token_pkey primary key (id),
        constraint api_token_name_key unique (name),
        constraint api_token_digest_key unique (digest),
        constraint api_token_role_known check (role in ('viewer', 'editor', 'admin')),
        constraint api_token_digest_is_sha256 check (octet_length(digest) = 32),
        constraint api_token_times_finite check (
          isfinite(created_at) and (expires_at is null or isfinite(expires_at))
        )
      )
    `);
    await runner.query(`
      comment on column api_token.name is
        'Names the token in the audit for ever: a revoked token keeps it'
    `);
    await runner.query(`alter table audit add column address text`);
    await runner.query(`create index audit_actor_idx on audit (actor, id)`);
    await runner.query(`create index audit_action_idx on audit (action, id)`);
    await runner.query(`
      create function slowburn_audit_is_append_only() returns trigger
      language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      begin
        raise exception 'the audit is append-only: % is not allowed', tg_op
          using errcode = 'insufficient_privilege';
      end $$
    `);
    await runner.query(`
      create trigger audit_append_only before update or delete or truncate on audit
      for each statement execute function slowburn_audit_is_append_only()
    `);
    await runner.query(`
      create or replace function slowburn_grant_runtime(role regrole) returns void
      language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      begin
        execute format('grant usage on schema public to %s', role);
        execute format('grant select, insert, update on public.stream, public.collection_unit, public.definition_revision, public.api_token to %s', role);
        execute format('grant select, insert, update, delete on public.live_point, public.history_day, public.step_flag to %s', role);
        execute format('grant select, insert on public.audit to %s', role);
        execute format('grant select on public.migrations to %s', role);
        execute format('grant execute on function public.slowburn_make_partitions(text, date[]), public.slowburn_drop_partitions(text, date) to %s', role);
      end $$
    `);
  }
}
