import type { Slo } from '../domain/slo';
import type { DefinitionSpec } from './definition-spec';

/** An SLO as a file defines it now, with where it is written. */
export interface DefinedNow {
  readonly slo: Slo;
  readonly origin: string;
  /** The SLO in the native language; asked for only where it is to be kept. */
  readonly text: () => string;
}

/** Who changed a definition. */
export interface ChangedBy {
  /** As the audit names them; `files` where a definition file changed. */
  readonly actor: string;
  readonly requestId: string | null;
  readonly address: string | null;
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
  readonly spec: DefinitionSpec;
  readonly origin: string;
  /** `service/name` that it had then. */
  readonly slo: string;
  /** Who brought it into force. */
  readonly actor: string;
  readonly requestId: string | null;
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
   * with an audit row; what is as it was stays untouched. Those made over the API were recorded with
   * their change and stay in force, unless a file defines the same SLO.
   *
   * @param defined what the files define
   */
  abstract record(defined: readonly DefinedNow[], now: number): Promise<void>;

  /** Every revision of one SLO, newest first, with those it had under earlier names. */
  abstract revisionsOf(service: string, name: string): Promise<readonly DefinitionRevision[]>;

  /**
   * The objectives over time of every SLO that ever had more than one, by `service/name`, oldest
   * first; those it had under earlier names among them.
   */
  abstract objectives(): Promise<ReadonlyMap<string, readonly ObjectiveSince[]>>;
}
