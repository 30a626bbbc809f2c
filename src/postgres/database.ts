import { DatabaseError, type Pool, type PoolClient, type QueryArrayConfig } from 'pg';
import { LedgerUnavailable } from '../ledger/ledger';

/** Something that answers SQL: the pool, or one transaction on it. */
export interface Session {
  /** @returns rows as arrays, in the order of the columns */
  rows<Row extends readonly unknown[]>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The database as the ledger sees it: it answers, or it is unavailable. */
export class Database implements Session {
  constructor(private readonly pool: Pool) {}

  async rows<Row extends readonly unknown[]>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    try {
      return await ask<Row>(this.pool, sql, values);
    } catch (error) {
      throw asLedgerError(error);
    }
  }

  /** All of the work is written, or none of it. A lost answer to COMMIT counts as unavailable. */
  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw asLedgerError(error);
    });
    // Unheard, a connection that breaks between two statements would end this process; the next
    // statement on it fails by itself.
    client.on('error', ignore);
    let broken = false;
    try {
      await client.query('begin');
      const result = await work({ rows: (sql, values = []) => ask(client, sql, values) });
      await client.query('commit');
      return result;
    } catch (error) {
      broken = await client.query('rollback').then(
        () => false,
        () => true,
      );
      throw asLedgerError(error);
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }
}

const ignore = (): void => undefined;

async function ask<Row extends readonly unknown[]>(
  on: Pool | PoolClient,
  sql: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const query: QueryArrayConfig = { text: sql, values: [...values], rowMode: 'array' };
  const answer = await on.query(query);
  // The driver cannot know the columns' types; the caller wrote them beside the statement.
  return answer.rows as unknown as Row[];
}

/**
 * SQLSTATE classes after which the same statement may succeed later: connection (08), transaction
 * rolled back by the server (40), resources and disk (53), operator (57), system (58); and the codes
 * of a read-only standby, a lock not had in time, a session that was cut, and tables that the first
 * migration is yet to make.
 */
const LATER = /^(08|40|53|57|58)|^(25006|25P03|42P01|55P03)$/;

/** Node's names of a lost or refused connection, and the driver's sentences for it. */
const CONNECTION_CODE = /^(E[A-Z]+|EAI_AGAIN)$/;
const CONNECTION_WORDS = /connection|timeout exceeded|Query read timeout|not queryable/i;

function asLedgerError(error: unknown): unknown {
  if (error instanceof DatabaseError) {
    return LATER.test(error.code ?? '') ? new LedgerUnavailable(error) : error;
  }
  return isLostConnection(error) ? new LedgerUnavailable(error) : error;
}

/** By its looks: an error of Node's own may come from another realm, whose `Error` is not ours. */
function isLostConnection(error: unknown): boolean {
  const { name, code, message } = error as Partial<NodeJS.ErrnoException>;
  return (
    CONNECTION_CODE.test(code ?? '') || (name === 'Error' && CONNECTION_WORDS.test(message ?? ''))
  );
}
