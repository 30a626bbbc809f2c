import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DOCS_PATH } from './openapi';

/** No `upgrade-insecure-requests`: on plain HTTP it would break the dashboard. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
} as const;

/** The documentation page writes styles into itself; scripts stay files of ours there too. */
const DOCS_POLICY = Object.entries({
  ...POLICY,
  'style-src': ["'self'", "'unsafe-inline'"],
})
  .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
  .join(';');

export async function setSecurityHeaders(app: NestFastifyApplication): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: Object.fromEntries(
        Object.entries(POLICY).map(([directive, sources]) => [directive, [...sources]]),
      ),
    },
    // Set by whoever terminates TLS; here it would lock out plain HTTP on the same name.
    strictTransportSecurity: false,
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, payload, done) => {
      if (request.routeOptions.url?.startsWith(DOCS_PATH) === true) {
        reply.header('content-security-policy', DOCS_POLICY);
      }
      done(null, payload);
    });
}
