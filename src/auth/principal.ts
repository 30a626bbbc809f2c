import type { FastifyRequest } from 'fastify';
import { contextOf } from '../http/request-log';
import type { Role } from './role';

/** Who asks, as far as the credentials say. */
export interface Principal {
  /** `admin`, `token:<name>`, or `anonymous`; what the log and the audit call them. */
  readonly id: string;
  readonly role: Role;
}

/** Where no token is asked for, everybody is an admin without a name. */
export const UNGUARDED: Principal = { id: 'anonymous', role: 'admin' };

/** On a public route nobody is asked who they are. */
const UNKNOWN: Principal = { id: 'anonymous', role: 'viewer' };

const principals = new WeakMap<FastifyRequest, Principal>();

/** Remembers who asks, for the handler and for the log. */
export function identify(request: FastifyRequest, principal: Principal): void {
  principals.set(request, principal);
  if (principal !== UNGUARDED) contextOf(request).userId = principal.id;
}

export function principalOf(request: FastifyRequest): Principal {
  return principals.get(request) ?? UNKNOWN;
}
