import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/config';
import { AuditTrail } from './audit-trail';
import { refuseOtherHosts } from './called-by-name';
import { Doorkeeper } from './doorkeeper';
import { Refusals } from './refusals';
import { requireNothing, requireToken } from './require-token';
import { Tokens } from './tokens';

/** Closes an application as its configuration says, by the ports that its module provides. */
export function guardDoors(
  app: NestFastifyApplication,
  { auth, adminToken, calledBy }: Pick<Config, 'auth' | 'adminToken' | 'calledBy'>,
): void {
  const server = app.getHttpAdapter().getInstance();
  if (auth === 'none') {
    refuseOtherHosts(server, calledBy);
    requireNothing(server);
    return;
  }
  const logger = new Logger('audit');
  const now = () => Date.now() / 1000;
  requireToken(server, {
    doorkeeper: new Doorkeeper(adminToken, app.get(Tokens, { strict: false }), now),
    refusals: new Refusals(app.get(AuditTrail, { strict: false }), now, (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn(`a refused attempt is not in the audit yet: ${reason}`);
    }),
  });
}
