import { LedgerUnavailable } from '../ledger/ledger';

/** Whatever TypeORM fails with is a database that cannot be had: it is asked nothing that it could refuse. */
export async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new LedgerUnavailable(error);
  }
}
