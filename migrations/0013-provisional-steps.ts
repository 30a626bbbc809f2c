import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** A step may be closed while one of several targets is silent; it is read again when its samples came. */
export class ProvisionalSteps extends ForwardOnly {
  readonly name = 'ProvisionalSteps0000000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step_flag drop constraint step_flag_known');
    await runner.query(`
      alter table step_flag add constraint step_flag_known check (
        cardinality(flags) > 0
        and flags <@ array[
          'gap', 'missing', 'provisional', 'relabelling', 'baseline', 'clamped', 'invalid']
      )
    `);
  }
}
