import type { Slo } from '../domain/slo';

/** An SLO as it is defined now, with where it is written. */
export interface DefinedNow {
  readonly slo: Slo;
  readonly origin: string;
}

/** What an SLO's definition said for a while. */
export interface DefinitionRevision {
  /** Epoch seconds. */
  readonly validFrom: number;
  /** Epoch seconds; null while it is in force. */
  readonly validTo: number | null;
  /** Revision of what is counted. */
  readonly counted: string;
  /** The ratio as decimal text. */
  readonly objective: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly origin: string;
}

/** An objective and since when it is in force, epoch seconds. */
export interface ObjectiveSince {
  readonly since: number;
  readonly objective: string;
}

/** Remembers every definition there was; an SLO that disappears is retired, not erased. */
export abstract class DefinitionHistory {
  /**
   * Ends the revisions of definitions that changed or vanished and begins those that are new, each
   * with an audit row; what is as it was stays untouched.
   */
  abstract record(defined: readonly DefinedNow[], now: number): Promise<void>;

  /** Every revision of one SLO, newest first. */
  abstract revisionsOf(service: string, name: string): Promise<readonly DefinitionRevision[]>;

  /** The objectives over time of every SLO that ever had more than one, by `service/name`, oldest first. */
  abstract objectives(): Promise<ReadonlyMap<string, readonly ObjectiveSince[]>>;
}
