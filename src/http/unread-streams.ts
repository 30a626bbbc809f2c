import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/**
 * Closes a stream that answers a HEAD. Fastify would read it to its end, which an open stream of events has not. What
 * controllers return instead of sending it is closed by Nest.
 */
export function closeUnreadStreams(server: FastifyInstance): void {
  server.addHook('onSend', (request, _reply, payload, done) => {
    if (request.method !== 'HEAD' || !(payload instanceof Readable)) {
      done(null, payload);
      return;
    }
    payload.destroy();
    done(null, Readable.from([]));
  });
}
