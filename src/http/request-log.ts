import type { FastifyInstance, FastifyRequest } from 'fastify';
import { withinRequest } from './request-context';
import type { RequestContext } from './request-context';
import { REQUEST_ID_HEADER } from './request-id';
import type { StructuredLogger } from './structured-logger';

const contexts = new WeakMap<FastifyRequest, RequestContext>();

/** The context of a request from its first hook on. */
export function contextOf(request: FastifyRequest): RequestContext {
  const known = contexts.get(request);
  if (known !== undefined) return known;
  const context = { requestId: request.id, ipAddress: request.ip, userId: null };
  contexts.set(request, context);
  return context;
}

/** Gives every answer its request id, and every request one line in the log. */
export function logRequests(server: FastifyInstance, logger: StructuredLogger): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    withinRequest(contextOf(request), done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const context = contextOf(request);
    withinRequest(context, () => {
      const { method, url } = request;
      // Without the query: it may hold what does not belong into a log.
      const endpoint = url.split('?', 1)[0] ?? url;
      logger.event(
        isProbe(endpoint) ? 'debug' : 'info',
        `${method} ${endpoint} ${reply.statusCode}`,
        {
          context: 'Http',
          endpoint,
          method,
          status: reply.statusCode,
          response_time_ms: Math.round(reply.elapsedTime * 1000) / 1000,
        },
      );
    });
    done();
  });
}

/** Asked every few seconds by machines; in the log they would drown what people did. */
function isProbe(endpoint: string): boolean {
  return endpoint === '/metrics' || endpoint === '/health' || endpoint === '/health/ready';
}
