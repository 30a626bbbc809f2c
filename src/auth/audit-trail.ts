/** Who did what; times in seconds since 1970. */
export interface AuditEntry {
  /** Rises with time. */
  readonly id: string;
  readonly at: number;
  /** `Principal.id`, or the part of the service that acted by itself: `files`. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** Null where there was nothing before, or nothing is left after. */
  readonly before: unknown;
  readonly after: unknown;
  readonly requestId: string | null;
  readonly address: string | null;
}

/** A request that was not let through. */
export interface Refusal {
  readonly actor: string;
  /** Method and path. */
  readonly subject: string;
  /** 401, 403 or 429. */
  readonly status: number;
  readonly requestId: string;
  readonly address: string;
}

/** Refused attempts that have no row of their own, because there were too many. */
export interface LeftOut {
  /** Of the same address, since its last row. */
  readonly leftOut: number;
  /** Of addresses that are no longer remembered. */
  readonly leftOutElsewhere: number;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** Seconds since 1970, inclusive. */
  readonly since?: number | undefined;
}

/** What happened, append-only. A change is written by whoever stores it, in the same transaction. */
export abstract class AuditTrail {
  abstract refused(refusal: Refusal & LeftOut): Promise<void>;

  /** Newest first, those older than the entry `before`, at most `limit`. */
  abstract entries(
    filter: AuditFilter,
    before: string | null,
    limit: number,
  ): Promise<readonly AuditEntry[]>;
}
