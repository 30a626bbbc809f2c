import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from './problem';

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
  const document = () => withProblems(SwaggerModule.createDocument(app, outline));
  SwaggerModule.setup(DOCS_PATH, app, document, {
    raw: ['json'],
    jsonDocumentUrl: OPENAPI_PATH,
    customSiteTitle: 'Slowburn API',
    swaggerOptions: { supportedSubmitMethods: [] },
  });
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Every operation may answer with a problem; said once here and not at each handler. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const responses = { ...document.components?.responses, Problem: PROBLEM_RESPONSE };
  document.components = { ...document.components, responses };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation !== undefined) {
        operation.responses.default ??= { $ref: '#/components/responses/Problem' };
      }
    }
  }
  return document;
}

const PROBLEM_RESPONSE = {
  description: 'A problem, RFC 9457',
  content: {
    [PROBLEM_MEDIA_TYPE]: {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail', 'requestId'],
        properties: {
          type: { type: 'string', format: 'uri-reference' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          requestId: { type: 'string', description: 'To look for in the log' },
          errors: {
            type: 'array',
            description: 'Each wrong input',
            items: {
              type: 'object',
              required: ['field', 'value', 'allowed'],
              properties: {
                field: { type: 'string' },
                value: { description: 'As it came' },
                allowed: { type: 'string' },
              },
            },
          },
        },
      },
    },
  },
};
