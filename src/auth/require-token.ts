import { UnauthorizedException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { accessOf } from './access';
import { AdminToken } from './admin-token';
import { identify, UNGUARDED } from './principal';

/**
 * Closes every route but the public ones while there is a token.
 *
 * A hook of the server and not a guard of Nest: guards see only controllers, and the OpenAPI
 * document, its page and its files are none.
 */
export function requireToken(server: FastifyInstance, adminToken: string | null): void {
  if (adminToken === null) {
    server.addHook('onRequest', (request, _reply, done) => {
      identify(request, UNGUARDED);
      done();
    });
    return;
  }
  const token = new AdminToken(adminToken);
  server.addHook('onRequest', (request, reply, done) => {
    const principal = token.principalOf(request.headers.authorization);
    if (principal !== null) identify(request, principal);
    if (principal !== null || accessOf(request.routeOptions.config) === 'public') {
      done();
      return;
    }
    reply.header('www-authenticate', 'Bearer realm="slowburn"');
    done(new UnauthorizedException('Send the token as "Authorization: Bearer …".'));
  });
}
