import { inspect } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { withoutTokens } from '../auth/token';
import type { Config } from '../config/config';
import { PrettyLines } from './pretty-lines';
import { currentRequest } from './request-context';

type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';
type Fields = Readonly<Record<string, unknown>>;

/**
 * Nest's logger as JSON lines: `timestamp`, `level`, `message`, `context`, and while answering a
 * request its `request_id`, `user_id` and `ip_address`. Control characters are escaped by JSON.
 */
export class StructuredLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(
    config: Pick<Config, 'logLevel' | 'logFormat'>,
    destination: DestinationStream = process.stdout,
  ) {
    this.pino = pino(
      {
        level: config.logLevel,
        base: null,
        messageKey: 'message',
        timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label.toUpperCase() }) },
        mixin: requestFields,
      },
      withoutTokensIn(config.logFormat === 'pretty' ? new PrettyLines(destination) : destination),
    );
  }

  log(message: unknown, ...rest: readonly unknown[]): void {
    this.write(NEST_AT_START.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: readonly unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: readonly unknown[]): void {
    this.write('debug', message, rest);
  }

  fatal(message: unknown, ...rest: readonly unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    this.write('error', message, rest);
  }

  /** A line with fields of its own, such as those of a request that was answered. */
  event(level: Level, message: string, fields: Fields): void {
    this.pino[level](fields, message);
  }

  /**
   * Nest puts the context last, and for errors the stack before it; what remains may be an error,
   * fields, or further text.
   */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const fields: Record<string, unknown> = {};
    const texts: string[] = [];
    const last = rest.at(-1);
    const more = typeof last === 'string' ? rest.slice(0, -1) : rest;
    if (typeof last === 'string') fields['context'] = last;
    for (const part of [message, ...more]) {
      if (part instanceof Error) {
        fields['error'] = errorFields(part);
        if (part === message) texts.push(part.message);
      } else if (typeof part === 'object' && part !== null) Object.assign(fields, part);
      else if (typeof part === 'string' && STACK.test(part)) fields['stack'] = part;
      else if (part !== undefined) texts.push(typeof part === 'string' ? part : inspect(part));
    }
    this.event(level, texts.join(' '), fields);
  }
}

/** The last gate: a token that came in an address or an error's text goes no further. */
function withoutTokensIn(destination: DestinationStream): DestinationStream {
  return {
    write: (line) => {
      destination.write(withoutTokens(line));
    },
  };
}

/** Who lists every module and route at each start. */
const NEST_AT_START = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

const STACK = /\n\s+at /;

function requestFields(): Fields {
  const request = currentRequest();
  return request === undefined
    ? {}
    : {
        request_id: request.requestId,
        user_id: request.userId,
        ip_address: request.ipAddress,
      };
}

function errorFields(error: Error): Fields {
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: errorFields(error.cause) } : {}),
  };
}
