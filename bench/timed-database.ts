import { Database, type Session } from '../src/postgres/database';
import { BusyTime } from './busy-time';

/** Passes every statement on, and knows how long PostgreSQL and the way to it took. */
export class TimedDatabase extends Database {
  readonly busy = new BusyTime();

  override rows<Row extends readonly unknown[]>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<Row[]> {
    return this.busy.during(() => super.rows<Row>(sql, values));
  }

  override transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.busy.during(() => super.transaction(work));
  }
}
