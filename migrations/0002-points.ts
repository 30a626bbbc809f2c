import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** Cumulative points: the last days by the minute, history packed by stream and day. */
export class Points extends ForwardOnly {
  readonly name = 'Points0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table live_point (
        t timestamptz not null,
        stream_id integer not null,
        covered integer not null,
        good bigint not null,
        total bigint not null,
        constraint live_point_pkey primary key (t, stream_id)
      ) partition by range (t)
    `);
    await runner.query(`
      create table history_day (
        stream_id integer not null,
        day date not null,
        packed_to timestamptz not null,
        base_good bigint not null,
        base_total bigint not null,
        base_covered integer not null,
        first smallint not null,
        codec smallint not null,
        entries bytea not null,
        constraint history_day_pkey primary key (stream_id, day),
        constraint history_day_codec_known check (codec = 1),
        constraint history_day_first_within check (first <= 288),
        constraint history_day_packed_within check (
          packed_to <= ((day + 1)::timestamp at time zone 'UTC')
        )
      ) partition by range (day)
    `);
    await runner.query(`
      create table step_flag (
        t timestamptz not null,
        stream_id integer not null,
        flags text[] not null,
        constraint step_flag_pkey primary key (t, stream_id),
        constraint step_flag_known check (
          cardinality(flags) > 0
          and flags <@ array['gap', 'missing', 'relabelling', 'baseline', 'clamped', 'invalid']
        )
      ) partition by range (t)
    `);
    await runner.query(`
      comment on column history_day.packed_to is
        'All points of the day up to here are in; a day is fully packed when the stream is not ahead of it'
    `);
    await runner.query(`
      comment on column history_day.entries is
        'Five-minute points after the base, as src/ledger/point-codec.ts documents; read them by slowburn_history()'
    `);
  }
}
