import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { alsoGrant } from './runtime-grants';

/** Gates that somebody has opened against their policy, for a time and for a reason. */
export class GateOverrides extends ForwardOnly {
  readonly name = 'GateOverrides0000000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table gate_override (
        id bigint generated always as identity,
        service text not null,
        name text not null,
        reason text not null,
        created_by text not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        ended_by text,
        constraint gate_override_pkey primary key (id),
        constraint gate_override_expires_later check (expires_at > created_at),
        constraint gate_override_ends_once check ((ended_at is null) = (ended_by is null))
      )
    `);
    await runner.query(`
      create unique index gate_override_open on gate_override (service, name)
      where ended_at is null
    `);
    await runner.query(`create index gate_override_slo_idx on gate_override (service, name, id)`);
    await runner.query(`
      comment on table gate_override is
        'Deployments let through against the budget policy; in force until it expires or is ended'
    `);
    await alsoGrant(runner, 'select, insert, update on public.gate_override');
  }
}
