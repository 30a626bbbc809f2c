import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExtension } from '@nestjs/swagger';
import { type Role, ROLES } from './role';

/** What a route asks of its caller. Anything not marked asks for an admin. */
export type Access = 'public' | Role;

/** Where the OpenAPI document says what an operation asks for. */
export const ACCESS_IN_DOCUMENT = 'x-access';

/**
 * Marks one handler. The mark travels with the route itself, where the check also covers what Nest
 * knows nothing of: the documentation, static files and unknown paths.
 */
export const RequireAccess = (access: Access) =>
  applyDecorators(RouteConfig({ access }), ApiExtension(ACCESS_IN_DOCUMENT, access));

/** Open to everybody, with or without a token. */
export const Public = () => RequireAccess('public');

/** What a matched route asks for; closed to all but admins unless it says otherwise. */
export function accessOf(routeConfig: unknown): Access {
  const access =
    typeof routeConfig === 'object' && routeConfig !== null && 'access' in routeConfig
      ? routeConfig.access
      : null;
  if (access === 'public') return 'public';
  return ROLES.find((role) => role === access) ?? 'admin';
}
