import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { withoutTokens } from '../auth/token';
import { InvalidValue } from '../domain/invalid-value';
import { InvalidInput } from './invalid-input';
import { problem, PROBLEM_MEDIA_TYPE } from './problem';
import type { Problem } from './problem';
import { ProblemWith } from './problem-with';
import { contextOf } from './request-log';
import { withinRequest } from './request-context';
import type { StructuredLogger } from './structured-logger';

/** How a room's own error looks to a caller; null when it is none of that room's. */
export type ProblemRule = (error: unknown) => Problem | null;

/**
 * The one place where errors become answers. What nobody foresaw is told to the log with its
 * stack, and to the caller only as a request id to look for there.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: StructuredLogger,
    private readonly rules: readonly ProblemRule[],
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const context = contextOf(request);
    const found = this.problemOf(error);
    if (found === null) {
      withinRequest(context, () => {
        this.logger.error(
          `${request.method} ${request.routeOptions.url ?? '?'} failed`,
          error,
          'Http',
        );
      });
    }
    if (reply.raw.headersSent) {
      // Half an answer has left: only a cut connection still tells the caller.
      reply.raw.destroy();
      return;
    }
    sendProblem(reply, found ?? problem(500, UNFORESEEN), context.requestId);
  }

  private problemOf(error: unknown): Problem | null {
    for (const rule of [...this.rules, ...OWN_RULES]) {
      const found = rule(error);
      if (found !== null) return found;
    }
    return null;
  }
}

export function sendProblem(reply: FastifyReply, answer: Problem, requestId: string): void {
  void reply
    .code(answer.status)
    .type(PROBLEM_MEDIA_TYPE)
    .send(withoutTokens(JSON.stringify({ ...answer, requestId })));
}

const UNFORESEEN = 'An unexpected error; the log has more under this request id.';

const OWN_RULES: readonly ProblemRule[] = [invalidInput, invalidValue, ofNest, ofFastify];

function invalidInput(error: unknown): Problem | null {
  return error instanceof InvalidInput ? problem(422, error.message, error.errors) : null;
}

function invalidValue(error: unknown): Problem | null {
  if (!(error instanceof InvalidValue)) return null;
  const { what, value, allowed, message } = error;
  const shown = typeof value === 'bigint' ? String(value) : (value ?? null);
  return problem(422, message, [{ field: what, value: shown, allowed }]);
}

function ofNest(error: unknown): Problem | null {
  if (!(error instanceof HttpException)) return null;
  const plain = problem(error.getStatus(), error.message);
  return error instanceof ProblemWith ? { ...error.members, ...plain, ...error.kind } : plain;
}

/** Fastify's own refusals, such as a body that is too long or no JSON; never its 5xx. */
function ofFastify(error: unknown): Problem | null {
  if (!(error instanceof Error) || !('statusCode' in error) || !('code' in error)) return null;
  const { statusCode, code, message } = error;
  const refused = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return refused && String(code).startsWith('FST_') ? problem(statusCode, message) : null;
}
