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
  '/api/v1/slos',
  slo,
  `${slo}/budget`,
  `${slo}/burn-rates`,
  `${slo}/history`,
  `${slo}/what-if`,
  '/api/v1/tokens',
  '/api/v1/tokens/{id}',
  '/health',
  '/health/ready',
  '/metrics',
];
