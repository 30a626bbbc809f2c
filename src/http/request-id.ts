import { randomUUID } from 'node:crypto';
import { withoutTokens } from '../auth/token';

export const REQUEST_ID_HEADER = 'x-request-id';

/** Nothing that could break a log line or a header, and no token. */
const FIT = /^[\w.-]{1,128}$/;

/** The caller's request id where it is fit to be repeated, otherwise one of ours. */
export function requestIdOf(header: string | readonly string[] | undefined): string {
  const fit = typeof header === 'string' && FIT.test(header) && withoutTokens(header) === header;
  return fit ? header : randomUUID();
}
