/** A closed report and a target that wants it. */
export interface Consignment {
  readonly target: string;
  readonly timeZone: string;
  readonly month: string;
  readonly revision: number;
}

/** How often it was tried, and what came of it. */
export interface Attempted extends Consignment {
  readonly attempts: number;
  /** Of the last attempt, epoch seconds. */
  readonly at: number;
  /** Who has it; a directory, or addresses. */
  readonly reached: readonly string[];
  readonly delivered: boolean;
  /** Why it was not. */
  readonly error: string | null;
}

/** What became of one attempt. */
export interface Outcome extends Consignment {
  readonly hash: string;
  /** Epoch seconds. */
  readonly at: number;
  readonly reached: readonly string[];
  /** Null: it is delivered. */
  readonly error: string | null;
}

/** What was delivered, kept for all replicas: each report is delivered to a target by one of them. */
export abstract class DeliveryLog {
  /** Remembers since when targets are there, where they are new. @param now epoch seconds */
  abstract open(targets: readonly string[], now: number): Promise<void>;

  /**
   * Keeps a target for this replica, or goes on keeping it.
   *
   * @param seconds how long, of real time, unless it is let go or kept anew
   * @returns since when it is there, epoch seconds; null while another replica keeps it
   */
  abstract hold(target: string, seconds: number): Promise<number | null>;

  abstract release(target: string): Promise<void>;

  /** Since when targets are there, epoch seconds. */
  abstract targets(): Promise<ReadonlyMap<string, number>>;

  /** Whatever was tried at least once, for one target or for all. */
  abstract attempted(target?: string): Promise<readonly Attempted[]>;

  /** What is delivered stays delivered, whatever is noted later. */
  abstract note(outcome: Outcome): Promise<void>;
}
