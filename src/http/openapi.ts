import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

export const DOCS_PATH = '/api/docs';
export const OPENAPI_PATH = '/api/openapi.json';

/** The OpenAPI document and a page to read it; the page sends no requests. */
export function serveOpenApi(app: INestApplication, version: string): void {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Slowburn')
    .setDescription('Error budgets and burn rates from a ledger of good and total events.')
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The admin token' })
    .addSecurityRequirements('bearer')
    .build();
  SwaggerModule.setup(DOCS_PATH, app, () => SwaggerModule.createDocument(app, outline), {
    raw: ['json'],
    jsonDocumentUrl: OPENAPI_PATH,
    customSiteTitle: 'Slowburn API',
    swaggerOptions: { supportedSubmitMethods: [] },
  });
}
