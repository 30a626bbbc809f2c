import type { ComponentType } from 'preact';
import type { Params } from './router/match-path';
import { matchPath } from './router/match-path';
import { Page as Overview } from './pages/overview/overview';
import type { PageProps } from './router/page-props';

export interface Route {
  /** The service answers for the same paths: src/http/dashboard-paths.ts. */
  readonly path: string;
  /** Which entry of the navigation it belongs to. */
  readonly entry:
    | 'overview'
    | 'alerts'
    | 'whatIf'
    | 'definitions'
    | 'exclusions'
    | 'reports'
    | 'collection'
    | 'admin';
  readonly load: () => Promise<{ readonly Page: ComponentType<PageProps> }>;
}

/** Every page, a line each; the first of an entry is where the navigation leads. */
export const ROUTES: readonly Route[] = [
  { path: '/', entry: 'overview', load: () => Promise.resolve({ Page: Overview }) },
  { path: '/alerts', entry: 'alerts', load: () => import('./pages/alerts/alerts') },
  { path: '/slos/:service/:name', entry: 'overview', load: () => import('./pages/slo/slo') },
  { path: '/what-if', entry: 'whatIf', load: () => import('./pages/what-if/choose-slo') },
  {
    path: '/what-if/:service/:name',
    entry: 'whatIf',
    load: () => import('./pages/what-if/what-if'),
  },
  { path: '/definitions', entry: 'definitions', load: () => import('./pages/definitions/list') },
  {
    path: '/definitions/new',
    entry: 'definitions',
    load: () => import('./pages/definitions/new-definition'),
  },
  {
    path: '/definitions/:service/:name',
    entry: 'definitions',
    load: () => import('./pages/definitions/definition'),
  },
  { path: '/exclusions', entry: 'exclusions', load: () => import('./pages/exclusions/exclusions') },
  { path: '/reports', entry: 'reports', load: () => import('./pages/reports/reports') },
  { path: '/reports/:month', entry: 'reports', load: () => import('./pages/reports/report') },
  { path: '/collection', entry: 'collection', load: () => import('./pages/collection/collection') },
  { path: '/admin', entry: 'admin', load: () => import('./pages/admin/admin') },
];

/** The page of a path with what its pattern names, or null. */
export function routeOf(path: string): { readonly route: Route; readonly params: Params } | null {
  for (const route of ROUTES) {
    const params = matchPath(route.path, path);
    if (params !== null) return { route, params };
  }
  return null;
}
