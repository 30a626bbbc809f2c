import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ACCESS_IN_DOCUMENT } from '../auth/access';
import { PROBLEM_MEDIA_TYPE } from './problem';

export const DOCS_PATH = '/api/docs';
export const OPENAPI_PATH = '/api/openapi.json';

/** The OpenAPI document and a page to read it; the page sends no requests. */
export function serveOpenApi(app: NestFastifyApplication, version: string): void {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Slowburn')
    .setDescription('Error budgets and burn rates from a ledger of good and total events.')
    .setVersion(version)
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'A token of a viewer, editor or admin; x-access says whom a route asks for',
    })
    .addSecurityRequirements('bearer')
    .build();
  const document = () => withProblems(SwaggerModule.createDocument(app, outline));
  letViewersRead(app);
  SwaggerModule.setup(DOCS_PATH, app, document, {
    raw: ['json'],
    jsonDocumentUrl: OPENAPI_PATH,
    customSiteTitle: 'Slowburn API',
    swaggerOptions: { supportedSubmitMethods: [] },
  });
}

/** Nest knows nothing of these routes, so that no handler can be marked. */
function letViewersRead(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (route.url === OPENAPI_PATH || `${route.url}/`.startsWith(`${DOCS_PATH}/`)) {
        route.config = { ...route.config, access: 'viewer' };
      }
    });
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Every operation may answer with a problem; a public one asks for no token. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const responses = { ...document.components?.responses, Problem: PROBLEM_RESPONSE };
  document.components = { ...document.components, responses };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation !== undefined) {
        operation.responses.default ??= { $ref: '#/components/responses/Problem' };
        if (Reflect.get(operation, ACCESS_IN_DOCUMENT) === 'public') operation.security = [];
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
