import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * The only DDL there is at run time, in two functions of the migrating role, so that the role the
 * service runs as needs none. The search path is pinned: nobody's own table can slip in.
 */
export class Partitions extends ForwardOnly {
  readonly name = 'Partitions0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function slowburn_partition_span(parent text, of_day date, out name text, out lower date, out upper date)
      language plpgsql immutable set search_path = pg_catalog, public, pg_temp as $$
      begin
        case parent
          when 'live_point' then
            name := parent || to_char(of_day, '_YYYYMMDD');
            lower := of_day;
            upper := of_day + 1;
          when 'history_day', 'step_flag' then
            name := parent || to_char(of_day, '_YYYYMM');
            lower := date_trunc('month', of_day::timestamp)::date;
            upper := (lower + interval '1 month')::date;
          else
            raise exception 'there is no partitioned table "%", allowed: live_point, history_day, step_flag', parent;
        end case;
      end $$
    `);
    await runner.query(`
      create function slowburn_make_partitions(parent text, days date[]) returns integer
      language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        span record;
        made integer := 0;
        column_zone text := case parent when 'history_day' then '' else ' 00:00:00+00' end;
      begin
        perform pg_advisory_xact_lock(hashtext('slowburn_partitions'));
        for span in
          select distinct s.* from unnest(days) as d(day), slowburn_partition_span(parent, d.day) as s order by s.lower
        loop
          continue when to_regclass('public.' || span.name) is not null;
          -- Made aside and attached: CREATE ... PARTITION OF would shut readers of all days out.
          execute format('create table public.%I (like public.%I including defaults including constraints)', span.name, parent);
          execute format(
            'alter table public.%I add constraint %I primary key (%s)', span.name, span.name || '_pkey',
            case parent when 'history_day' then 'stream_id, day' else 't, stream_id' end
          );
          execute format(
            'alter table public.%I attach partition public.%I for values from (%L) to (%L)',
            parent, span.name, span.lower || column_zone, span.upper || column_zone
          );
          made := made + 1;
        end loop;
        return made;
      end $$
    `);
    await runner.query(`
      create function slowburn_day_is_packed(of_day date) returns boolean
      language sql stable set search_path = pg_catalog, public, pg_temp as $$
        select not exists (
          select from stream s
          where s.oldest_at < ((of_day + 1)::timestamp at time zone 'UTC')
            and s.newest_at >= (of_day::timestamp at time zone 'UTC')
            and not exists (
              select from history_day h
              where h.stream_id = s.id and h.day = of_day
                and h.packed_to >= least(s.newest_at, (of_day + 1)::timestamp at time zone 'UTC')
            )
        )
      $$
    `);
    await runner.query(`
      create function slowburn_drop_partitions(parent text, before date) returns integer
      language plpgsql security definer
      set search_path = pg_catalog, public, pg_temp set lock_timeout = '5s' as $$
      declare
        part record;
        dropped integer := 0;
      begin
        perform slowburn_partition_span(parent, before);
        for part in
          select c.relname as name, to_date(substring(c.relname from '[0-9]+$'),
                   case parent when 'live_point' then 'YYYYMMDD' else 'YYYYMM' end) as lower
          from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = to_regclass('public.' || parent) order by 2
        loop
          exit when (select upper from slowburn_partition_span(parent, part.lower)) > before;
          -- Whoever still writes into it is waited for, so that the look below misses nothing.
          execute format('lock table public.%I in access exclusive mode', part.name);
          -- Days go in order and never before history holds them: what is live stays one piece.
          exit when parent = 'live_point' and not slowburn_day_is_packed(part.lower);
          execute format('drop table public.%I', part.name);
          dropped := dropped + 1;
        end loop;
        return dropped;
      end $$
    `);
    await runner.query(`
      revoke execute on function slowburn_make_partitions(text, date[]), slowburn_drop_partitions(text, date) from public
    `);
  }
}
