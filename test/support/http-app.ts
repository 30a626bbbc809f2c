import { request as httpRequest } from 'node:http';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AuditTrail } from '../../src/auth/audit-trail';
import { Tokens } from '../../src/auth/tokens';
import { createHttpApp } from '../../src/http/create-http-app';
import type { CalledBy } from '../../src/auth/called-by-name';
import type { ProblemRule } from '../../src/http/problem-filter';
import { StructuredLogger } from '../../src/http/structured-logger';
import { MemoryAudit, MemoryTokens } from './access';

export interface RunningHttpApp {
  readonly url: string;
  /** What was logged, at every level. */
  readonly lines: Record<string, unknown>[];
  readonly tokens: MemoryTokens;
  readonly audit: MemoryAudit;
  /** Without the redirects that fetch follows. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** Provides what the access checks ask for. */
@Module({})
class WithTokens {}

/** A module behind everything that the real application has around it, on a free port. */
export async function startHttpApp(
  module: Type | DynamicModule,
  options: {
    /** With it, a token is asked for, unless `auth` says otherwise. */
    readonly adminToken?: string;
    readonly auth?: 'none' | 'token';
    readonly calledBy?: CalledBy;
    readonly problems?: readonly ProblemRule[];
  } = {},
): Promise<RunningHttpApp> {
  const lines: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  };
  const [tokens, audit] = [new MemoryTokens(), new MemoryAudit()];
  const around: DynamicModule = {
    module: WithTokens,
    imports: [module],
    providers: [
      { provide: Tokens, useValue: tokens },
      { provide: AuditTrail, useValue: audit },
    ],
  };
  const { adminToken = null, auth = adminToken === null ? 'none' : 'token' } = options;
  const { calledBy = { names: [], anyAddress: false } } = options;
  const app = await createHttpApp(around, {
    config: { auth, adminToken, calledBy },
    logger: new StructuredLogger({ logLevel: 'debug', logFormat: 'json' }, destination),
    version: '1.2.3',
    ...(options.problems === undefined ? {} : { problems: options.problems }),
  });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    lines,
    tokens,
    audit,
    get: (path, headers = {}) => fetch(url + path, { headers, redirect: 'manual' }),
    close: () => app.close(),
  };
}

export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly size: number;
  /** As it was sent, packed or not. */
  readonly body: string;
}

/** A GET without what fetch does on its own: normalizing paths, unpacking answers. */
export function rawGet(
  address: string,
  more: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(address);
  const path = address.slice(address.indexOf('/', 'http://'.length));
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip', ...more };
    httpRequest({ hostname, port, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        const { statusCode: status, headers } = answer;
        resolve({ status, headers, size: body.length, body: body.toString() });
      });
    })
      .on('error', reject)
      .end();
  });
}

/** The line of a request is written after its answer has left. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
