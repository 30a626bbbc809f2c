import {
  type AuditEntry,
  type AuditFilter,
  AuditTrail,
  type LeftOut,
  type Refusal,
} from '../../src/auth/audit-trail';
import type { CallerIs } from '../../src/auth/caller';
import type { Role } from '../../src/auth/role';
import { digestOf, newToken } from '../../src/auth/token';
import { type NewToken, type Token, type TokenInForce, Tokens } from '../../src/auth/tokens';

/** Tokens in memory, which never expire. */
export class MemoryTokens extends Tokens {
  /** How often the database would have been asked. */
  looks = 0;
  /** Thrown at the next looks, as while the database is away. */
  failure: Error | null = null;
  private readonly held = new Map<string, TokenInForce>();

  /** @returns the token */
  make(name: string, role: Role): string {
    const token = newToken();
    this.held.set(name, { name, role, digest: digestOf(token) });
    return token;
  }

  take(name: string): void {
    this.held.delete(name);
  }

  add(_token: NewToken, _by: CallerIs): Promise<Token | null> {
    return Promise.resolve(null);
  }

  list(): Promise<readonly Token[]> {
    return Promise.resolve([]);
  }

  revoke(): Promise<Token | null> {
    return Promise.resolve(null);
  }

  async use(digest: Buffer): Promise<TokenInForce | null> {
    this.looks += 1;
    if (this.failure !== null) throw this.failure;
    return [...this.held.values()].find((token) => token.digest.equals(digest)) ?? null;
  }
}

export class MemoryAudit extends AuditTrail {
  readonly refusals: (Refusal & LeftOut)[] = [];
  failure: Error | null = null;

  async refused(refusal: Refusal & LeftOut): Promise<void> {
    if (this.failure !== null) throw this.failure;
    this.refusals.push(refusal);
  }

  entries(_filter: AuditFilter): Promise<readonly AuditEntry[]> {
    return Promise.resolve([]);
  }
}
