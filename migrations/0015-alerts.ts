import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { alsoGrant } from './runtime-grants';

/** Alerts with what they began and ended with, and up to when they have been judged. */
export class Alerts extends ForwardOnly {
  readonly name = 'Alerts0000000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table alert (
        id bigint generated always as identity,
        key text not null,
        alertname text not null,
        service text not null,
        name text not null,
        "group" jsonb,
        kind text not null,
        severity text not null,
        windows jsonb,
        held_by text,
        objective text not null,
        started_at timestamptz not null,
        at_start jsonb not null,
        labels jsonb not null,
        annotations jsonb not null,
        ended_at timestamptz,
        ended_by text,
        at_end jsonb,
        constraint alert_pkey primary key (id),
        constraint alert_kind_known check (kind in ('page', 'ticket')),
        constraint alert_end_known check (ended_by in ('recovered', 'gone')),
        constraint alert_ends_once check ((ended_at is null) = (ended_by is null)),
        constraint alert_ends_after_start check (ended_at >= started_at)
      )
    `);
    await runner.query('create unique index alert_open on alert (key) where ended_at is null');
    await runner.query('create index alert_ended_idx on alert (ended_at)');
    await runner.query('create index alert_slo_idx on alert (service, name, started_at)');
    await runner.query(`
      create table alert_judgement (
        alone boolean not null default true,
        judged_to timestamptz not null,
        constraint alert_judgement_pkey primary key (alone),
        constraint alert_judgement_one_row check (alone)
      )
    `);
    await runner.query('insert into alert_judgement (judged_to) values (to_timestamp(0))');
    await runner.query(`
      comment on table alert is
        'Alerts of SLOs from their beginning to their end; of one key, one is open at a time'
    `);
    await runner.query(`
      comment on table alert_judgement is
        'Up to when alerts have been judged: each instant is judged by one replica'
    `);
    await alsoGrant(runner, 'select, insert, update on public.alert, public.alert_judgement');
  }
}
