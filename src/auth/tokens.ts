import type { CallerIs } from './caller';
import type { Role } from './role';

/** A token as it is told: everything but what it is. Instants are seconds since 1970. */
export interface Token {
  readonly id: string;
  /** Unique for ever, so that the audit's `token:<name>` means one. */
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  /** The `Principal.id` of whoever made it. */
  readonly createdBy: string;
  /** Null: never. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
  /** By the clock of the database, which is what expiry goes by. */
  readonly state: 'active' | 'expired' | 'revoked';
}

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly digest: Buffer;
  /** Null: it does not expire. */
  readonly lifeSeconds: number | null;
}

/** A token in force, as far as a request needs it. */
export interface TokenInForce {
  readonly name: string;
  readonly role: Role;
  readonly digest: Buffer;
}

/** The tokens of the database. Every change leaves a row in the audit, or does not happen. */
export abstract class Tokens {
  /** @returns null when the name is or was in use */
  abstract add(token: NewToken, by: CallerIs): Promise<Token | null>;

  /** By name, those behind `after`, at most `limit`; all states. */
  abstract list(after: string | null, limit: number): Promise<readonly Token[]>;

  /** From now on, everywhere. One that was revoked before stays as it is. @returns null if unknown */
  abstract revoke(id: string, by: CallerIs): Promise<Token | null>;

  /**
   * The token of this digest, if it is neither expired nor revoked at this moment; notes, at most
   * once a minute, that it was used.
   */
  abstract use(digest: Buffer): Promise<TokenInForce | null>;
}
