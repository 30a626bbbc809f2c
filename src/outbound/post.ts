import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Connection } from './connection';

export interface Post {
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** From the first byte to the end of the answer. */
  readonly timeoutSeconds: number;
  /** Finds the address of a name; refuses those that may not be called. */
  readonly lookup?: LookupFunction;
}

export interface Posted {
  readonly status: number;
  /** Whole seconds the server asks to be left alone for. */
  readonly retryAfterSeconds: number | null;
  /** The beginning of what it says, on one line. */
  readonly says: string;
}

/** Nobody answered; the message says why, without the request. */
export class NotPosted extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'NotPosted';
  }
}

const LONGEST_ANSWER_BYTES = 64 * 1024;
const SHOWN_CHARACTERS = 300;

/**
 * Posts JSON once: follows no redirect and no proxy of the environment, and reads only the
 * beginning of the answer.
 *
 * @throws NotPosted without an answer; UnreadableFile where a credential cannot be read
 */
export async function post(connection: Connection, sent: Post): Promise<Posted> {
  const headers = {
    ...(await connection.headers()),
    ...sent.headers,
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(sent.body)),
    'User-Agent': 'slowburn',
  };
  const agent = sent.url.startsWith('https:') ? await connection.tlsAgent() : connection.httpAgent;
  // One deadline for both: a server that is slow does not get twice as long.
  const signal = AbortSignal.timeout(sent.timeoutSeconds * 1000);
  const exchange = () => exchanged(sent, headers, agent, signal);
  try {
    // A kept connection may have been closed by the other side since: once more, on a new one.
    return await exchange().catch((error: unknown) =>
      error instanceof ClosedMeanwhile ? exchange() : Promise.reject(error as Error),
    );
  } catch (error) {
    if (signal.aborted) throw new NotPosted(`did not answer within ${sent.timeoutSeconds} s`);
    const cause = error instanceof ClosedMeanwhile ? error.cause : error;
    throw new NotPosted(`did not answer: ${oneLine(messageOf(cause))}`, cause);
  }
}

class ClosedMeanwhile extends Error {}

function exchanged(
  { url, body, lookup }: Post,
  headers: Readonly<Record<string, string>>,
  agent: Connection['httpAgent'],
  signal: AbortSignal,
): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(
      url,
      { method: 'POST', headers, agent, signal, ...(lookup === undefined ? {} : { lookup }) },
      (response) => {
        answerOf(response).then(resolve, reject);
      },
    );
    request.on('error', (cause) => {
      const closed = request.reusedSocket && 'code' in cause && cause.code === 'ECONNRESET';
      reject(closed ? new ClosedMeanwhile('', { cause }) : cause);
    });
    request.end(body);
  });
}

async function answerOf(response: IncomingMessage): Promise<Posted> {
  let text = '';
  for await (const piece of response.setEncoding('utf8')) {
    text += String(piece);
    if (text.length > LONGEST_ANSWER_BYTES) break;
  }
  const retryAfter = response.headers['retry-after'];
  return {
    status: response.statusCode ?? 0,
    retryAfterSeconds: /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : null,
    says: oneLine(text),
  };
}

/** Foreign text made fit for a log line. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\/\/[^/@\s]+@/g, '//***@')
    .trim()
    .slice(0, SHOWN_CHARACTERS);
}

/** By its looks: an error of Node's own may come from another realm, whose `Error` is not ours. */
function messageOf(thrown: unknown): string {
  const { errors, message } = thrown as { readonly errors?: unknown; readonly message?: unknown };
  // One per address that was tried.
  if (Array.isArray(errors)) return errors.map(messageOf).join('; ');
  return typeof message === 'string' ? message : String(thrown);
}
