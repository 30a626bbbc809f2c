import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * `select slowburn_grant_runtime('role')`, run by the migrating role, lets another role run the
 * service: it reads and writes rows, appends to the audit, and has no DDL.
 */
export class RuntimeRole extends ForwardOnly {
  readonly name = 'RuntimeRole0000000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function slowburn_grant_runtime(role regrole) returns void
      language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      begin
        execute format('grant usage on schema public to %s', role);
        execute format('grant select, insert, update on public.stream, public.collection_unit to %s', role);
        execute format('grant select, insert, update, delete on public.live_point, public.history_day, public.step_flag to %s', role);
        execute format('grant select, insert on public.audit to %s', role);
        execute format('grant select on public.migrations to %s', role);
        execute format('grant execute on function public.slowburn_make_partitions(text, date[]), public.slowburn_drop_partitions(text, date) to %s', role);
      end $$
    `);
    await runner.query(`revoke execute on function slowburn_grant_runtime(regrole) from public`);
  }
}
