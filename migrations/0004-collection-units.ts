import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** Who collects what at the moment; the epoch rises with every change of hands and fences old ones. */
export class CollectionUnits extends ForwardOnly {
  readonly name = 'CollectionUnits0000000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table collection_unit (
        unit text not null,
        holder text,
        epoch bigint not null,
        expires_at timestamptz not null,
        constraint collection_unit_pkey primary key (unit),
        constraint collection_unit_epoch_positive check (epoch > 0),
        constraint collection_unit_expires_finite check (isfinite(expires_at))
      ) with (fillfactor = 70)
    `);
  }
}
