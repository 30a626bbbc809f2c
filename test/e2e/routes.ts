const slo = '/api/v1/slos/{service}/{name}';

/** Every path of the service, as its OpenAPI document writes them, in the order of the text. */
export const ROUTES: readonly string[] = [
  '/api/v1/alerts',
  '/api/v1/audit',
  '/api/v1/collection',
  '/api/v1/collection/backfill',
  '/api/v1/collection/backfill/{service}/{name}',
  '/api/v1/datasources',
  '/api/v1/definitions',
  '/api/v1/definitions/apply',
  '/api/v1/definitions/preview',
  '/api/v1/definitions/validate',
  '/api/v1/definitions/{service}/{name}',
  '/api/v1/doctor',
  '/api/v1/events',
  '/api/v1/exclusions',
  '/api/v1/exclusions/{id}',
  '/api/v1/gate',
  '/api/v1/markers',
  '/api/v1/me',
  '/api/v1/reports',
  '/api/v1/reports/monthly/{month}',
  '/api/v1/reports/monthly/{month}/differences',
  '/api/v1/reports/monthly/{month}/revisions',
  '/api/v1/reports/schema',
  '/api/v1/reports/verify',
  '/api/v1/rules',
  '/api/v1/slos',
  slo,
  `${slo}/budget`,
  `${slo}/burn-rates`,
  `${slo}/episodes`,
  `${slo}/forecast`,
  `${slo}/gate`,
  `${slo}/gate/override`,
  `${slo}/history`,
  `${slo}/queries`,
  `${slo}/rehearse`,
  `${slo}/what-if`,
  '/api/v1/tokens',
  '/api/v1/tokens/{id}',
  '/docs/runbooks/{page}',
  '/health',
  '/health/ready',
  '/metrics',
];

/** A path of the example with something in the place of each parameter. */
export function realPath(path: string): string {
  const real = path
    .replace('{service}', 'faciliauto')
    .replace('{name}', 'api-errors')
    .replace('{month}', new Date(Date.now() - 86_400_000).toISOString().slice(0, 7))
    .replace('{page}', 'slowburn-no-data')
    .replace('{id}', '00000000-0000-0000-0000-000000000000');
  return path === '/api/v1/gate' ? `${real}?service=faciliauto` : real;
}
