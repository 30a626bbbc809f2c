import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** The packed points as rows, for people and reporting tools; the format is point-codec.ts's. */
export class HistoryForPeople extends ForwardOnly {
  readonly name = 'HistoryForPeople0000000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function slowburn_varint(entries bytea, inout place integer, out value bigint)
      language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
      declare
        byte integer;
        shift integer := 0;
      begin
        value := 0;
        loop
          byte := get_byte(entries, place);
          place := place + 1;
          value := value | ((byte & 127)::bigint << shift);
          exit when byte < 128;
          shift := shift + 7;
        end loop;
      end $$
    `);
    await runner.query(`
      create function slowburn_history(of_stream integer)
      returns table (t timestamptz, good bigint, total bigint, covered bigint)
      language plpgsql stable strict set search_path = pg_catalog, public, pg_temp as $$
      declare
        packed record;
        place integer;
        head bigint;
        part bigint;
        uncovered bigint;
        step bigint;
        length integer;
        midnight bigint;
        at_second bigint;
        slot bigint;
        last_told bigint := null;
      begin
        for packed in select * from history_day h where h.stream_id = of_stream order by h.day loop
          midnight := extract(epoch from packed.day::timestamp at time zone 'UTC')::bigint;
          at_second := midnight + packed.first * 300;
          slot := greatest(at_second, midnight);
          good := packed.base_good;
          total := packed.base_total;
          covered := packed.base_covered;
          place := 0;
          length := octet_length(packed.entries);
          loop
            -- A midnight belongs to both of its days and is told once.
            if last_told is null or at_second > last_told then
              t := to_timestamp(at_second);
              last_told := at_second;
              return next;
            end if;
            exit when place >= length;
            select v.place, v.value into place, head from slowburn_varint(packed.entries, place) v;
            if head = 1 then
              select v.place, v.value into place, step from slowburn_varint(packed.entries, place) v;
              slot := slot + 300 * step;
              select v.place, v.value into place, head from slowburn_varint(packed.entries, place) v;
            end if;
            slot := slot + 300;
            uncovered := 0;
            if head % 2 = 0 then
              part := head / 2;
            else
              uncovered := (head - 1) / 2 - 1;
              uncovered := case when uncovered % 2 = 0 then uncovered / 2 else -(uncovered + 1) / 2 end;
              select v.place, v.value into place, part from slowburn_varint(packed.entries, place) v;
            end if;
            covered := covered + (slot - at_second) - uncovered;
            total := total + part;
            select v.place, v.value into place, part from slowburn_varint(packed.entries, place) v;
            good := good + part;
            total := total + part;
            at_second := slot;
          end loop;
        end loop;
      end $$
    `);
  }
}
