import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that cannot be taken back: the way back is a backup. */
export abstract class ForwardOnly implements MigrationInterface {
  /** TypeORM orders by the number in the last 13 characters. */
  abstract readonly name: string;

  abstract up(runner: QueryRunner): Promise<void>;

  down(): Promise<void> {
    return Promise.reject(new Error(`${this.name} goes forward only: restore a backup instead`));
  }
}
