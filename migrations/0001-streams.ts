import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * Streams with both their ends. Every minute writes every row, so half of each page is left free and
 * no index holds a column that moves: updates stay on their page and need no index entries.
 */
export class Streams extends ForwardOnly {
  readonly name = 'Streams0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table stream (
        id integer generated always as identity,
        scale bigint not null,
        service text not null,
        name text not null,
        "group" jsonb not null,
        revision text not null,
        oldest_at timestamptz not null,
        oldest_good bigint not null,
        oldest_total bigint not null,
        oldest_covered integer not null,
        newest_at timestamptz not null,
        newest_good bigint not null,
        newest_total bigint not null,
        newest_covered integer not null,
        backfilled_to timestamptz not null,
        last_covered_at timestamptz,
        created_at timestamptz not null default now(),
        constraint stream_pkey primary key (id),
        constraint stream_key unique (revision, service, name, "group"),
        constraint stream_scale_positive check (scale > 0),
        constraint stream_group_is_labels check (jsonb_typeof("group") in ('null', 'object')),
        constraint stream_times_finite check (
          isfinite(oldest_at) and isfinite(newest_at) and isfinite(backfilled_to)
          and (last_covered_at is null or isfinite(last_covered_at))
        ),
        constraint stream_ends_in_order check (
          backfilled_to <= oldest_at and oldest_at <= newest_at and last_covered_at <= newest_at
        ),
        constraint stream_counts_forward check (
          newest_good >= oldest_good
          and newest_total - newest_good >= oldest_total - oldest_good
          and newest_covered >= oldest_covered
        )
      ) with (fillfactor = 45)
    `);
    await runner.query(`
      comment on table stream is
        'One SLO, group and revision of what is counted, with its first and last cumulative point'
    `);
  }
}
