import { Pool, TypeOverrides } from 'pg';

const INT8_OID = 20;

/** How long a database that hangs is waited for. */
export const PATIENCE = {
  connectionTimeoutMillis: 10_000,
  // Longer than any statement of ours: only what hangs is cut off.
  statement_timeout: 120_000,
  idle_in_transaction_session_timeout: 60_000,
} as const;

/**
 * Connections for plain SQL. Counts arrive as bigint: the driver's text for them would be added up
 * as text.
 *
 * @param failed told when an idle connection broke; the pool replaces it by itself
 */
export function openPool(url: string, failed: (error: Error) => void): Pool {
  const types = new TypeOverrides();
  types.setTypeParser(INT8_OID, (text) => BigInt(text));
  const pool = new Pool({
    connectionString: url,
    application_name: 'slowburn',
    max: 10,
    keepAlive: true,
    ...PATIENCE,
    types,
  });
  // Without a listener a server's restart would end this process.
  pool.on('error', failed);
  return pool;
}
