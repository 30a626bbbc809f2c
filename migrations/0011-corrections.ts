import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * How often points behind a stream's newest one were corrected. Whoever remembers such points reads
 * it with the stream, and knows by it whether they are still true.
 */
export class Corrections extends ForwardOnly {
  readonly name = 'Corrections0000000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stream add column corrections integer not null default 0');
    await runner.query(`
      comment on column stream.corrections is
        'Counts up in the transaction that corrects points behind the newest; they do not change otherwise'
    `);
  }
}
