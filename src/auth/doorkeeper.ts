import { timingSafeEqual } from 'node:crypto';
import { MINUTE_SECONDS } from '../domain/duration';
import { LedgerUnavailable } from '../ledger/ledger';
import { PerAddress } from './per-address';
import type { Principal } from './principal';
import { bearerOf, digestOf, isTokenShaped } from './token';
import type { Tokens } from './tokens';

/** Wrong tokens of one address within a minute, before it has to wait for the next. */
export const WRONG_PER_MINUTE = 30;
const MOST_TRUSTED = 1_000;
/** A database that swallows the question shall not take its caller along, who gives up after 5 s. */
export const LOOK_UP_WITHIN_MS = 4_000;

export type Answer =
  | { readonly kind: 'known'; readonly principal: Principal }
  | { readonly kind: 'no-token' }
  | { readonly kind: 'wrong-token' }
  | { readonly kind: 'too-many-wrong'; readonly retryAfterSeconds: number };

/** Says whose token a request carries, and slows down whoever tries wrong ones. */
export class Doorkeeper {
  private readonly admin: Buffer | null;
  private readonly wrong = new PerAddress(() => ({ minute: 0, count: 0 }));
  /** Digests that were right lately: behind one proxy all clients have one address. */
  private readonly trusted = new Set<string>();

  /** @param adminToken the token of the environment; only its digest is kept */
  constructor(
    adminToken: string | null,
    private readonly tokens: Tokens,
    private readonly nowSeconds: () => number,
  ) {
    this.admin = adminToken === null ? null : digestOf(adminToken);
  }

  /** @throws LedgerUnavailable while the database is away; the admin's token needs none */
  async ask(authorization: string | undefined, address: string): Promise<Answer> {
    const token = bearerOf(authorization);
    if (token === null) return { kind: 'no-token' };
    const digest = digestOf(token);
    const key = digest.toString('base64');
    const retryAfterSeconds = this.trusted.has(key) ? 0 : this.waitOf(address);
    if (retryAfterSeconds > 0) return { kind: 'too-many-wrong', retryAfterSeconds };
    const principal = await this.principalOf(token, digest);
    this.trusted.delete(key);
    if (principal === null) {
      this.wrong.of(address).count += 1;
      return { kind: 'wrong-token' };
    }
    this.trust(key);
    return { kind: 'known', principal };
  }

  /** Digests are compared: equal in length, and in a time that does not tell how much was right. */
  private async principalOf(token: string, digest: Buffer): Promise<Principal | null> {
    if (this.admin !== null && timingSafeEqual(digest, this.admin)) {
      return { id: 'admin', role: 'admin' };
    }
    if (!isTokenShaped(token)) return null;
    const found = await inTime(this.tokens.use(digest));
    if (found === null || !timingSafeEqual(digest, found.digest)) return null;
    return { id: `token:${found.name}`, role: found.role };
  }

  private waitOf(address: string): number {
    const now = this.nowSeconds();
    const minute = Math.floor(now / MINUTE_SECONDS);
    const wrong = this.wrong.of(address);
    if (wrong.minute !== minute) {
      wrong.minute = minute;
      wrong.count = 0;
    }
    if (wrong.count < WRONG_PER_MINUTE) return 0;
    return Math.max(1, Math.ceil((minute + 1) * MINUTE_SECONDS - now));
  }

  private trust(key: string): void {
    this.trusted.add(key);
    if (this.trusted.size <= MOST_TRUSTED) return;
    for (const oldest of this.trusted) {
      this.trusted.delete(oldest);
      return;
    }
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new LedgerUnavailable(new Error(`no answer within ${LOOK_UP_WITHIN_MS} ms`)));
    }, LOOK_UP_WITHIN_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
