import { createHmac } from 'node:crypto';

/**
 * `t=<epoch seconds>,v1=<hex>`: HMAC SHA-256 over the time, a dot and the body. The time is signed,
 * so that a message that somebody recorded cannot be played again later.
 */
export function signature(key: string, at: number, body: string): string {
  const time = Math.floor(at);
  const mac = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
  return `t=${time},v1=${mac}`;
}
