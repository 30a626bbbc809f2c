import { setTimeout as sleep } from 'node:timers/promises';
import type { StructuredLogger } from './http/structured-logger';

export interface Stoppable {
  readonly app: { readonly close: () => Promise<unknown> };
  readonly database: { readonly stop: () => Promise<unknown> };
  /** For the application; as long again at most for the database. */
  readonly withinMs: number;
  readonly logger: Pick<StructuredLogger, 'error'>;
}

/**
 * Stops the application, then the database that it brought along, which must not be left running
 * whatever becomes of the application.
 *
 * @returns the exit code: 1 where anything did not stop as it should
 */
export async function shutdown({ app, database, withinMs, logger }: Stoppable): Promise<number> {
  const stops = async (what: string, stop: () => Promise<unknown>): Promise<boolean> => {
    try {
      const late = sleep(withinMs, LATE, { ref: false });
      if ((await Promise.race([stop(), late])) !== LATE) return true;
      logger.error(`${what} did not stop within ${withinMs / 1000} s`, undefined, 'slowburn');
    } catch (error) {
      logger.error(`${what} did not stop cleanly`, error, 'slowburn');
    }
    return false;
  };
  const closed = await stops('the service', () => app.close());
  const stopped = await stops('the database', () => database.stop());
  return closed && stopped ? 0 : 1;
}

const LATE = Symbol('late');
