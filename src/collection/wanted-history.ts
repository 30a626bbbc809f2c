import type { CallerIs } from '../auth/caller';
import type { CountedSlo } from '../ledger/ledger';

/** History of an SLO's revision that somebody asked for; instants in epoch seconds. */
export interface AskedHistory extends CountedSlo {
  /** On the five-minute grid. */
  readonly from: number;
  /** The `Principal.id` of whoever asked. */
  readonly askedBy: string;
  readonly askedAt: number;
}

/** Which SLOs are to be read further back than their window; all replicas share it. */
export abstract class WantedHistory {
  abstract all(): Promise<readonly AskedHistory[]>;

  /**
   * From now on this history is wanted, and groups that were taken to begin later are looked at again.
   * Written with an audit row, or not at all; who asked for more before is not overruled.
   *
   * @returns what is wanted then
   */
  abstract ask(of: CountedSlo, from: number, by: CallerIs): Promise<AskedHistory>;
}
