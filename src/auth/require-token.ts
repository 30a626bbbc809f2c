import {
  ForbiddenException,
  HttpException,
  ServiceUnavailableException,
  UnauthorizedException,
} from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../http/request-log';
import { LedgerUnavailable } from '../ledger/ledger';
import { type Access, accessOf } from './access';
import type { Answer, Doorkeeper } from './doorkeeper';
import { identify, type Principal, principalOf, UNGUARDED } from './principal';
import type { Refusals } from './refusals';
import { mayAct, type Role } from './role';
import { rememberStanding } from './standing';
import { withoutTokens } from './token';

const TOO_MANY_REQUESTS = 429;
const SUBJECT_CHARACTERS = 200;

export interface Guard {
  readonly doorkeeper: Doorkeeper;
  readonly refusals: Refusals;
}

/**
 * Closes every route but the public ones to those whose token does not allow it.
 *
 * A hook of the server and not a guard of Nest: guards see only controllers, and the OpenAPI
 * document, its page and its files are none.
 */
export function requireToken(server: FastifyInstance, { doorkeeper, refusals }: Guard): void {
  server.addHook('onRequest', async (request, reply) => {
    const asked = askedBy(request);
    if (asked === 'public') return;
    const { authorization } = request.headers;
    const answer = await doorkeeper.ask(authorization, request.ip).catch(explain);
    try {
      letThrough(request, reply, answer, asked);
      rememberStanding(request, {
        of: `${asked} ${authorization ?? ''}`,
        holds: () => stillMay(doorkeeper, request, asked),
      });
    } catch (error) {
      if (error instanceof HttpException) void refusals.record(refusalOf(request, error));
      throw error;
    }
  });
}

/** While the database is away nobody can have revoked anything. */
async function stillMay(
  doorkeeper: Doorkeeper,
  { headers, ip }: FastifyRequest,
  asked: Role,
): Promise<boolean> {
  try {
    const answer = await doorkeeper.ask(headers.authorization, ip);
    return answer.kind === 'known' && mayAct(answer.principal.role, asked);
  } catch (error) {
    if (error instanceof LedgerUnavailable) return true;
    throw error;
  }
}

/** Without tokens everybody is an admin, and has no name. */
export function requireNothing(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    identify(request, UNGUARDED);
    done();
  });
}

/** What is not there is nobody's secret among those who may read. */
function askedBy(request: FastifyRequest): Access {
  return request.is404 ? 'viewer' : accessOf(request.routeOptions.config);
}

function explain(error: unknown): never {
  if (!(error instanceof LedgerUnavailable)) throw error;
  throw new ServiceUnavailableException(
    'The database does not answer, so the token cannot be checked; the one of ADMIN_TOKEN still can.',
    { cause: error },
  );
}

function letThrough(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  asked: Role,
): void {
  switch (answer.kind) {
    case 'known':
      identify(request, answer.principal);
      if (mayAct(answer.principal.role, asked)) return;
      throw new ForbiddenException(forbidden(request, answer.principal, asked));
    case 'no-token':
      reply.header('www-authenticate', 'Bearer realm="slowburn"');
      throw new UnauthorizedException('Send the token as "Authorization: Bearer …".');
    case 'wrong-token':
      reply.header('www-authenticate', 'Bearer realm="slowburn", error="invalid_token"');
      throw new UnauthorizedException('The token is wrong, expired or revoked.');
    case 'too-many-wrong':
      reply.header('retry-after', String(answer.retryAfterSeconds));
      throw new HttpException(
        `Too many wrong tokens from this address: wait ${answer.retryAfterSeconds} s.`,
        TOO_MANY_REQUESTS,
      );
  }
}

function forbidden({ method }: FastifyRequest, { id, role }: Principal, asked: Role): string {
  return `${id} has the role ${role}; ${method} here asks for ${asked}.`;
}

function refusalOf(request: FastifyRequest, error: HttpException) {
  const { requestId, ipAddress } = contextOf(request);
  // Without the query, as in the log: it may hold what does not belong there.
  const path = request.url.split('?', 1)[0] ?? request.url;
  return {
    actor: principalOf(request).id,
    subject: withoutTokens(`${request.method} ${path}`).slice(0, SUBJECT_CHARACTERS),
    status: error.getStatus(),
    requestId,
    address: ipAddress,
  };
}
