import { createHash, randomBytes } from 'node:crypto';

/** Says whose token it is to people and to scanners that look for secrets. */
const PREFIX = 'sb_';
/** 256 bits of chance: a fast hash is enough to store, since nobody tries them all. */
const SECRET_BYTES = 32;
const SHAPE = /^sb_[\w-]{43}$/;
/** Whole or cut; a name such as `sb_messages_received_total` has no capitals, a token always has. */
const SHAPES_WITHIN = /sb_(?=[\w-]*[A-Z])[\w-]{16,}/g;

/** A new token; whoever made it is shown it once, only its digest is kept. */
export function newToken(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
}

/** Whether it could be one of `newToken`; anything else needs no look into the database. */
export function isTokenShaped(text: string): boolean {
  return SHAPE.test(text);
}

/** SHA-256. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token of an `Authorization` header; null where it holds none. */
export function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? null;
}

/** For what is kept or shown: a token that somebody put into an address or a name is blotted out. */
export function withoutTokens(text: string): string {
  return text.replace(SHAPES_WITHIN, 'sb_[redacted]');
}
