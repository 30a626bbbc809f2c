import type { CallerIs } from '../auth/caller';
import type { Exclusion } from '../domain/exclusion-scope';
import { ExclusionsInForce } from '../ledger/exclusions';

/** An exclusion that was made over the API; times in epoch seconds. */
export interface StoredExclusion extends Exclusion {
  readonly createdAt: number;
  readonly createdBy: string;
  /** Null while it is in force. */
  readonly revokedAt: number | null;
  readonly revokedBy: string | null;
}

/** Exclusions that are made over the API; a revoked one stays readable. */
export abstract class ExclusionStore extends ExclusionsInForce {
  /** All there ever were, by when they were made. */
  abstract all(): Promise<readonly StoredExclusion[]>;

  /** With an audit row. */
  abstract add(exclusion: Omit<Exclusion, 'id'>, by: CallerIs): Promise<StoredExclusion>;

  /** With an audit row, unless it was revoked before. @returns null when there is no such one */
  abstract revoke(id: string, by: CallerIs): Promise<StoredExclusion | null>;
}
