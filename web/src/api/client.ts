import { ApiFailure, failureOf } from './failure';
import { refusal, token } from './token';

const UNAUTHORIZED = 401;
const NOT_MODIFIED = 304;
/** Answers whose tag is remembered; the eldest is forgotten. */
const REMEMBERED = 50;

interface Remembered {
  readonly etag: string;
  readonly token: string | null;
  readonly data: unknown;
}

const remembered = new Map<string, Remembered>();

/** What goes beside method and path. */
export interface Sending {
  /** JSON, unless it is a string, which goes as YAML. */
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

/**
 * Reads. What did not change since it was last read is the very same object again.
 *
 * @param path with its query
 * @throws {ApiFailure}
 */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const known = remembered.get(path);
  const usable = known?.token === token.value ? known : undefined;
  const headers = usable === undefined ? {} : { 'if-none-match': usable.etag };
  const answer = await request(path, { headers, ...(signal && { signal }) });
  if (answer.status === NOT_MODIFIED && usable !== undefined) return usable.data as T;
  const data = await bodyOf(answer);
  const etag = answer.headers.get('etag');
  if (etag !== null) remember(path, { etag, token: token.value, data });
  return data as T;
}

/**
 * Asks for a change, or a question that needs a body.
 *
 * @throws {ApiFailure}
 */
export async function send<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  { body, ifMatch, signal }: Sending = {},
): Promise<T> {
  const isText = typeof body === 'string';
  const answer = await request(path, {
    method,
    headers: {
      ...(body !== undefined && {
        'content-type': isText ? 'application/yaml' : 'application/json',
      }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  return (await bodyOf(answer)) as T;
}

/**
 * Any answer of the service but a refusal, as it came: a stream, a file.
 *
 * @throws {ApiFailure}
 */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const signedWith = token.value;
  const headers = new Headers(init.headers);
  if (signedWith !== null && !headers.has('authorization')) {
    headers.set('authorization', `Bearer ${signedWith}`);
  }
  const answer = await fetch(path, { ...init, headers, cache: 'no-store' }).catch(unreachable);
  if (answer.ok || answer.status === NOT_MODIFIED) return answer;
  const failure = failureOf(answer.status, answer.statusText, await readJson(answer));
  if (answer.status === UNAUTHORIZED && token.value === signedWith) {
    refusal.value = failure.message;
    token.value = null;
  }
  throw failure;
}

function unreachable(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  const detail = error instanceof Error ? error.message : String(error);
  throw new ApiFailure(null, { title: 'Unreachable', detail, requestId: null, errors: [] });
}

async function bodyOf(answer: Response): Promise<unknown> {
  if (answer.headers.get('content-type')?.includes('json') === true) return readJson(answer);
  return answer.text().catch(unreachable);
}

async function readJson(answer: Response): Promise<unknown> {
  const text = await answer.text().catch(unreachable);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function remember(path: string, answer: Remembered): void {
  remembered.delete(path);
  remembered.set(path, answer);
  const [eldest] = remembered.keys();
  if (remembered.size > REMEMBERED && eldest !== undefined) remembered.delete(eldest);
}
