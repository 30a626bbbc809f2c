import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../http/request-log';
import { principalOf } from './principal';
import type { Role } from './role';

/** Who asks for a change, as the audit names them. */
export interface CallerIs {
  /** `admin`, `token:<name>`, or `anonymous` where no token is asked for. */
  readonly id: string;
  readonly role: Role;
  readonly requestId: string;
  readonly address: string;
}

/** `change(@Caller() caller: CallerIs)`: whoever asks; the route's access was checked before. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerIs => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { requestId, ipAddress } = contextOf(request);
  return { ...principalOf(request), requestId, address: ipAddress };
});
