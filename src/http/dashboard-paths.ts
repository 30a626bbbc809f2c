/** Where the dashboard's page is served; any other path is one that is not there. */
export const DASHBOARD_PATHS: readonly string[] = [
  '/',
  '/alerts',
  '/slos/:service/:name',
  '/what-if',
  '/what-if/:service/:name',
  '/definitions',
  '/definitions/new',
  '/definitions/:service/:name',
  '/exclusions',
  '/reports',
  '/reports/:month',
  '/collection',
  '/admin',
];
