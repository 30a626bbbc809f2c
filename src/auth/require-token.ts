import { UnauthorizedException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { contextOf } from '../http/request-log';
import { accessOf } from './access';
import { AdminToken } from './admin-token';

/**
 * Closes every route but the public ones while there is a token.
 *
 * A hook of the server and not a guard of Nest: guards see only controllers, and the OpenAPI
 * document, its page and its files are none.
 */
export function requireToken(server: FastifyInstance, adminToken: string | null): void {
  if (adminToken === null) return;
  const token = new AdminToken(adminToken);
  server.addHook('onRequest', (request, reply, done) => {
    const principal = token.principalOf(request.headers.authorization);
    if (principal !== null) contextOf(request).userId = principal.id;
    if (principal !== null || accessOf(request.routeOptions.config) === 'public') {
      done();
      return;
    }
    reply.header('www-authenticate', 'Bearer realm="slowburn"');
    done(new UnauthorizedException('Send the token as "Authorization: Bearer …".'));
  });
}
