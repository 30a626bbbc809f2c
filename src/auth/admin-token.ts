import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal } from './principal';

/** The token of the environment. Only its digest is kept. */
export class AdminToken {
  private readonly digest: Buffer;

  constructor(token: string) {
    this.digest = digestOf(token);
  }

  /** Digests are compared: equal in length, and in a time that does not tell how much was right. */
  principalOf(authorization: string | undefined): Principal | null {
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return null;
    return timingSafeEqual(digestOf(token), this.digest) ? { id: 'admin', role: 'admin' } : null;
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
