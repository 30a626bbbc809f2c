import { DatabaseError } from 'pg';
import { dayOf } from '../ledger/grid';
import type { Session } from './database';
import { dateText, dates } from './sql-array';

export type PartitionedTable = 'live_point' | 'history_day' | 'step_flag';

/** Makes the partitions that a write needs, and remembers which there are. */
export class Partitions {
  private readonly known = new Set<string>();

  constructor(private readonly session: Session) {}

  /** @param instants epoch seconds; each one's day gets its partition */
  async ensure(table: PartitionedTable, instants: Iterable<number>): Promise<void> {
    const days = new Set<number>();
    for (const instant of instants) days.add(dayOf(instant));
    const missing = [...days].filter((day) => !this.known.has(`${table} ${day}`));
    if (missing.length === 0) return;
    await this.session.rows('select slowburn_make_partitions($1, $2::date[])', [
      table,
      dates(missing),
    ]);
    for (const day of missing) this.known.add(`${table} ${day}`);
  }

  /** Runs a write again when another instance dropped a partition that we remember. */
  async during<T>(prepare: () => Promise<void>, write: () => Promise<T>): Promise<T> {
    await prepare();
    try {
      return await write();
    } catch (error) {
      if (!isMissingPartition(error)) throw error;
      this.known.clear();
      await prepare();
      return await write();
    }
  }

  /** Drops partitions that end by a day; of live points only those that history holds. */
  async dropBefore(table: PartitionedTable, day: number): Promise<void> {
    await this.session.rows('select slowburn_drop_partitions($1, $2)', [table, dateText(day)]);
    this.known.clear();
  }
}

/** A check violation that names no constraint: the row found no partition. */
function isMissingPartition(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23514' && error.constraint === undefined;
}
