import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { alsoGrant } from './runtime-grants';

/** Time that people decided not to count, and what they marked on it. */
export class Exclusions extends ForwardOnly {
  readonly name = 'Exclusions0000000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table exclusion (
        id uuid not null default gen_random_uuid(),
        service text,
        name text,
        label_name text,
        label_value text,
        group_labels jsonb,
        begins_at timestamptz not null,
        ends_at timestamptz,
        rrule text,
        duration_seconds integer,
        time_zone text,
        treatment text not null,
        reason text not null,
        author text not null,
        created_at timestamptz not null,
        created_by text not null,
        revoked_at timestamptz,
        revoked_by text,
        constraint exclusion_pkey primary key (id),
        constraint exclusion_has_one_scope check (
          (service is null) = (label_name is not null)
          and (label_name is null) = (label_value is null)
          and (name is null or service is not null)),
        constraint exclusion_is_once_or_recurring check (
          (ends_at is null) = (rrule is not null)
          and (rrule is null) = (duration_seconds is null)
          and (rrule is null) = (time_zone is null)),
        constraint exclusion_ends_after_begin check (ends_at > begins_at),
        constraint exclusion_duration_positive check (duration_seconds > 0),
        constraint exclusion_treatment_known check (treatment in ('drop', 'countGood')),
        constraint exclusion_revoked_by_somebody check ((revoked_at is null) = (revoked_by is null))
      )
    `);
    await runner.query(`
      comment on table exclusion is
        'Time that is not counted, of an SLO, a service, or all SLOs with a label; a revoked row stays'
    `);
    await runner.query(`
      create table marker (
        id bigint generated always as identity,
        kind text not null,
        at timestamptz not null,
        ends_at timestamptz,
        text text not null,
        service text,
        name text,
        labels jsonb not null,
        link text,
        created_at timestamptz not null,
        created_by text not null,
        constraint marker_pkey primary key (id),
        constraint marker_kind_known check (kind in ('deploy', 'incident', 'other')),
        constraint marker_ends_after_begin check (ends_at >= at),
        constraint marker_slo_has_service check (name is null or service is not null)
      )
    `);
    await runner.query('create index marker_at_idx on marker (at, id)');
    await runner.query(`
      comment on table marker is 'Deploys and incidents, of a service, one SLO, or everything'
    `);
    await alsoGrant(runner, 'select, insert, update on public.exclusion');
    await alsoGrant(runner, 'select, insert on public.marker');
  }
}
