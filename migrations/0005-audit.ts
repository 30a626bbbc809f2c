import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** Who changed what, with both states. */
export class Audit extends ForwardOnly {
  readonly name = 'Audit0000000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit (
        id bigint generated always as identity,
        at timestamptz not null default now(),
        actor text not null,
        action text not null,
        subject text not null,
        before jsonb,
        after jsonb,
        request_id text,
        constraint audit_pkey primary key (id)
      )
    `);
    await runner.query(`create index audit_at_idx on audit (at)`);
    await runner.query(`create index audit_subject_idx on audit (subject, at)`);
  }
}
