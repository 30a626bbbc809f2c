import { RouteConfig } from '@nestjs/platform-fastify';

/** What a route asks of its caller. Anything not marked asks for the admin token. */
export type Access = 'public' | 'admin';

/**
 * Marks one handler. The mark travels with the route itself, where the check also covers what Nest
 * knows nothing of: the documentation, static files and unknown paths.
 */
export const RequireAccess = (access: Access) => RouteConfig({ access });

/** Open to everybody, with or without a token. */
export const Public = () => RequireAccess('public');

/** What a matched route asks for; closed unless it says otherwise. */
export function accessOf(routeConfig: unknown): Access {
  const access =
    typeof routeConfig === 'object' && routeConfig !== null && 'access' in routeConfig
      ? routeConfig.access
      : null;
  return access === 'public' ? 'public' : 'admin';
}
