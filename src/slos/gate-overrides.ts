import type { CallerIs } from '../auth/caller';

/** Which SLO's gate. */
export interface GateOf {
  readonly service: string;
  readonly name: string;
}

/** A gate that somebody opened against its policy; instants are epoch seconds. */
export interface GateOverride extends GateOf {
  readonly id: string;
  readonly reason: string;
  /** The `Principal.id` of whoever opened it. */
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** When it was taken back, or another one took its place; null where neither happened. */
  readonly endedAt: number | null;
  readonly endedBy: string | null;
}

export interface NewGateOverride extends GateOf {
  readonly reason: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Overrides of gates; all replicas share them. Every change leaves a row in the audit, or does not happen. */
export abstract class GateOverrides {
  /** Those in force at an instant: of one service, or of all. */
  abstract inForce(at: number, service: string | null): Promise<readonly GateOverride[]>;

  /** From now on, instead of the one that is in force, which ends. */
  abstract open(override: NewGateOverride, by: CallerIs): Promise<GateOverride>;

  /** Takes back the one in force. @returns null where there is none */
  abstract revoke(of: GateOf, at: number, by: CallerIs): Promise<GateOverride | null>;

  /** Of one gate, newest first, those older than the id `before`, at most `limit`. */
  abstract list(of: GateOf, before: string | null, limit: number): Promise<readonly GateOverride[]>;
}
