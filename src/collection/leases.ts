import type { Lease } from '../ledger/ledger';

/** Who collects what, so that replicas do not ask the source twice. Economy only: the ledger guards correctness. */
export abstract class Leases {
  /** Claims units that are free, expired or already ours, by the database's clock. @returns those we hold now */
  abstract claim(units: readonly string[], ttlSeconds: number): Promise<readonly Lease[]>;

  /** Gives them back at once, on a graceful stop. */
  abstract release(leases: readonly Lease[]): Promise<void>;
}
