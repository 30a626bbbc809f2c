import {
  BadRequestException,
  createParamDecorator,
  type ExecutionContext,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants';
import type { FastifyRequest } from 'fastify';

const YAML_TYPES = ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/x-yaml'] as const;
const JSON_TYPE = 'application/json';

/** The media types of a route that takes text, as the OpenAPI document names them. */
export const TEXT_TYPES = ['application/yaml', JSON_TYPE] as const;

/**
 * Marks a handler whose body arrives as the text that was sent: complaints can then name line and
 * column, and nothing is lost to a parser, such as a key that is there twice. Stands above
 * `RequireAccess`, whose mark it keeps.
 */
export const TakesText = (): MethodDecorator => (target, key, descriptor) => {
  const handler = descriptor.value as unknown as object;
  const known: unknown = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handler);
  RouteConfig({ ...(known as object | undefined), takesText: true })(target, key, descriptor);
};

/** `apply(@TextBody() text: string)`: the body of a handler that takes text; '' where there is none. */
export const TextBody = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return typeof body === 'string' ? body : '';
});

/** Every other media type than those of the route is refused with those that are allowed. */
export function readTextBodies(app: NestFastifyApplication, bodyLimit: number): void {
  const server = app.getHttpAdapter().getInstance();
  // Fastify takes this one by itself, anywhere.
  server.removeContentTypeParser('text/plain');
  const json = server.getDefaultJsonParser('error', 'error');
  app.useBodyParser(JSON_TYPE, { bodyLimit }, (request, body: Buffer, done) => {
    if (takesText(request)) done(null, textOf(body));
    else void json(request as FastifyRequest, body.toString('utf8'), done);
  });
  for (const type of YAML_TYPES) {
    app.useBodyParser(type, { bodyLimit }, (request, body: Buffer, done) => {
      if (!takesText(request)) throw unsupported(request);
      done(null, textOf(body));
    });
  }
  app.useBodyParser('*', { bodyLimit }, (request: Asked) => {
    throw unsupported(request);
  });
}

/** Of a request, what tells which body it may have. */
interface Asked {
  readonly routeOptions: { readonly config: object };
  readonly headers: { readonly 'content-type'?: string | undefined };
}

function takesText({ routeOptions }: Asked): boolean {
  return (routeOptions.config as { readonly takesText?: boolean }).takesText === true;
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (error) {
    throw new BadRequestException('the body is not UTF-8 text', { cause: error });
  }
}

function unsupported(request: Asked): UnsupportedMediaTypeException {
  const sent = request.headers['content-type'];
  const allowed = takesText(request) ? [...YAML_TYPES, JSON_TYPE] : [JSON_TYPE];
  const is = sent === undefined ? 'not given' : JSON.stringify(sent);
  return new UnsupportedMediaTypeException(`content-type is ${is}, allowed: ${allowed.join(', ')}`);
}
