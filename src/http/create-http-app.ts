import type { IncomingMessage } from 'node:http';
import compress from '@fastify/compress';
import etag from '@fastify/etag';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { guardDoors } from '../auth/guard-doors';
import type { Config } from '../config/config';
import { serveDashboard } from './dashboard';
import { inputValidation } from './input-validation';
import { serveOpenApi } from './openapi';
import { problem } from './problem';
import { ProblemFilter, sendProblem } from './problem-filter';
import type { ProblemRule } from './problem-filter';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id';
import { logRequests } from './request-log';
import { setSecurityHeaders } from './security-headers';
import type { StructuredLogger } from './structured-logger';
import { readTextBodies } from './text-body';
import { closeUnreadStreams } from './unread-streams';

const BODY_LIMIT_BYTES = 1024 * 1024;
/** For a whole request to arrive, so that slow senders cannot hold sockets for ever. */
const REQUEST_TIMEOUT_MS = 30_000;
const COMPRESS_FROM_BYTES = 1024;

/**
 * The application with all that surrounds its routes; the caller listens and closes.
 *
 * @param module with the ports `Tokens` and `AuditTrail` among its providers where `auth` is `token`
 * @param problems how errors of other rooms are told, tried in this order before our own rules
 */
export async function createHttpApp(
  module: Parameters<typeof NestFactory.create>[0],
  options: {
    readonly config: Pick<Config, 'auth' | 'adminToken' | 'calledBy'>;
    readonly logger: StructuredLogger;
    readonly version: string;
    /** The folder of the built dashboard; null, or left out, serves none. */
    readonly dashboard?: string | null;
    readonly problems?: readonly ProblemRule[];
  },
): Promise<NestFastifyApplication> {
  const { config, logger, version, dashboard = null, problems = [] } = options;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers[REQUEST_ID_HEADER]),
    // An address that cannot be read reaches no route, no hook and so no filter.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      reply.header(REQUEST_ID_HEADER, request.id);
      sendProblem(reply, problem(error.statusCode ?? 400, error.message), request.id);
    },
    requestTimeout: REQUEST_TIMEOUT_MS,
    // An address from a header would let anybody write any address into the log.
    trustProxy: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    abortOnError: false,
    logger,
  });
  const server = adapter.getInstance();
  logRequests(server, logger);
  closeUnreadStreams(server);
  await setSecurityHeaders(app);
  guardDoors(app, config);
  // The tag is made of the text before it is compressed, so that it is one for all encodings.
  await app.register(etag, { weak: true });
  await app.register(compress, {
    encodings: ['gzip', 'identity'],
    threshold: COMPRESS_FROM_BYTES,
  });
  readTextBodies(app, BODY_LIMIT_BYTES);
  app.useGlobalPipes(inputValidation());
  app.useGlobalFilters(new ProblemFilter(logger, problems));
  serveOpenApi(app, version);
  await serveDashboard(app, dashboard, config);
  return app;
}
