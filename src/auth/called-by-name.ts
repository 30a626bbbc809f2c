import { HttpException } from '@nestjs/common';
import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../config/addresses';

const MISDIRECTED = 421;
const SHOWN_CHARACTERS = 100;

/** What a service without tokens may be called by. */
export interface CalledBy {
  /** Names and addresses, lower case, IPv6 ones without brackets. */
  readonly names: readonly string[];
  /** Any address: a page that was loaded from an address cannot point it elsewhere. */
  readonly anyAddress: boolean;
}

/**
 * Refuses requests that name another host. Without tokens nothing else keeps out a page whose own
 * name was made to lead here (DNS rebinding): to the browser it is of the same origin.
 */
export function refuseOtherHosts(server: FastifyInstance, calledBy: CalledBy): void {
  server.addHook('onRequest', async ({ headers }) => {
    if (isCalledBy(headers.host, calledBy)) return;
    const shown = JSON.stringify((headers.host ?? '').slice(0, SHOWN_CHARACTERS));
    const allowed = ['localhost', ...calledBy.names].join(', ');
    throw new HttpException(
      `Host is ${shown}, allowed without tokens: ${allowed}, or what ALLOWED_HOSTS names.`,
      MISDIRECTED,
    );
  });
}

/** @param header of the request; browsers send one always, and only they can be misled */
export function isCalledBy(header: string | undefined, { names, anyAddress }: CalledBy): boolean {
  if (header === undefined) return true;
  const [, inBrackets, plain] =
    /^(?:\[([\da-f:.]+)\]|([^\s:@/?#[\]\\]+))(?::\d{1,5})?$/i.exec(header) ?? [];
  const host = (inBrackets ?? plain ?? '').toLowerCase().replace(/\.$/, '');
  if (host === '') return false;
  if (isLoopback(host) || host.endsWith('.localhost') || names.includes(host)) return true;
  return anyAddress && isIP(host) !== 0;
}
