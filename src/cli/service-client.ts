import type { ReadableStream } from 'node:stream/web';
import { CouldNotRun } from './could-not-run';
import type { SloRow } from './slo-row';

const PAGE_ROWS = 1000;
const TIMEOUT_MS = 10_000;

export interface Service {
  readonly url: string;
  readonly token: string | undefined;
}

export interface ServiceRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** With its query: `/api/v1/slos?limit=1`. */
  readonly path: string;
  readonly body?: { readonly type: string; readonly text: string };
  readonly headers?: Readonly<Record<string, string>>;
  /** For what takes the service longer than a list. */
  readonly timeoutMilliseconds?: number;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The answer's JSON; null where it is none. */
  readonly body: unknown;
}

interface Page<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

/** The service at an address, with the token of SLOWBURN_TOKEN. */
export function serviceAt(url: string): Service {
  const token = process.env['SLOWBURN_TOKEN']?.trim();
  return { url, token: token === '' ? undefined : token };
}

/**
 * All rows of a running service's list, page after page.
 *
 * @param filter as in the query of `GET /api/v1/slos`: `service`, `status`, `team`
 * @throws CouldNotRun when the service does not answer, or not with a list
 */
export function fetchSlos(
  service: Service,
  filter: Readonly<Record<string, string>>,
): Promise<readonly SloRow[]> {
  return fetchAll<SloRow>(service, '/api/v1/slos', filter);
}

/** @throws CouldNotRun when the service does not answer, or not with a list */
export async function fetchAll<Row>(
  service: Service,
  path: string,
  filter: Readonly<Record<string, string>> = {},
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ ...filter, limit: String(PAGE_ROWS) });
    if (cursor !== null) query.set('cursor', cursor);
    const page: Page<Row> = await fetchPage(service, `${path}?${query.toString()}`);
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

/**
 * Asks a running service. What it refuses because of the request itself (404, 409, 412, 422) is an
 * answer like any other.
 *
 * @throws CouldNotRun when it does not answer, does not let the token in, or fails
 */
export async function callService(
  service: Service,
  request: ServiceRequest,
): Promise<ServiceAnswer> {
  const response = await ask(service, request);
  const body = parsed(await response.text());
  const { status, headers } = response;
  if (status === 401) throw new CouldNotRun(tokenWanted(service));
  if (status === 403 || status === 429 || status >= 500) throw refusal(service, status, body);
  return { status, headers, body };
}

export interface Download {
  readonly status: number;
  /** Null where there is a problem instead. */
  readonly content: ReadableStream<Uint8Array> | null;
  /** As far as the service says; 0 where it does not. */
  readonly bytes: number;
  readonly problem: unknown;
}

/**
 * A file of a running service, as it comes.
 *
 * @throws CouldNotRun as `callService` does
 */
export async function downloadFrom(
  service: Service,
  path: string,
  timeoutMilliseconds: number,
): Promise<Download> {
  const headers = { accept: '*/*' };
  const response = await ask(service, { method: 'GET', path, headers, timeoutMilliseconds });
  const { status } = response;
  if (status === 401) throw new CouldNotRun(tokenWanted(service));
  if (status === 200 && response.body !== null) {
    const bytes = Number(response.headers.get('content-length') ?? 0);
    return { status, content: response.body, bytes, problem: null };
  }
  const problem = parsed(await response.text());
  if (status === 403 || status === 429 || status >= 500) throw refusal(service, status, problem);
  return { status, content: null, bytes: 0, problem };
}

/** What a problem of the service says: each wrong input, or its detail, or its title. */
export function detailOf(body: unknown): string {
  const { detail, title, errors } = (body ?? {}) as Partial<Record<string, unknown>>;
  if (Array.isArray(errors) && errors.every(isWrongInput)) {
    return errors
      .map(
        ({ field, value, allowed }) => `${field} is ${JSON.stringify(value)}, allowed: ${allowed}`,
      )
      .join('; ');
  }
  if (typeof detail === 'string') return detail;
  return typeof title === 'string' ? title : 'no explanation';
}

/** For an answer that the command cannot go on from. */
export function refusal({ url }: Service, status: number, body: unknown): CouldNotRun {
  return new CouldNotRun(`${url} answered ${status}: ${detailOf(body)}`);
}

async function fetchPage<Row>(service: Service, path: string): Promise<Page<Row>> {
  const { status, body } = await callService(service, { method: 'GET', path });
  if (status !== 200) throw refusal(service, status, body);
  if (!isPage<Row>(body)) {
    throw new CouldNotRun(`${service.url} did not answer with a list: is it a Slowburn service?`);
  }
  return body;
}

function tokenWanted({ url, token }: Service): string {
  return token === undefined
    ? `${url} wants a token: set SLOWBURN_TOKEN to one, such as an admin makes by \`slowburn token create --name NAME --role viewer\``
    : `${url} refuses the token in SLOWBURN_TOKEN: it is wrong, expired or revoked`;
}

async function ask({ url, token }: Service, request: ServiceRequest): Promise<Response> {
  // What fetch says of a header that it cannot send would show the token.
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new CouldNotRun(
      'SLOWBURN_TOKEN holds spaces or characters outside ASCII: is it a token?',
    );
  }
  const { method, path, body, headers, timeoutMilliseconds = TIMEOUT_MS } = request;
  try {
    return await fetch(new URL(path, url), {
      method,
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': body.type }),
        ...headers,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: body.text }),
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
  } catch (error) {
    throw new CouldNotRun(
      `${url} does not answer (${reasonOf(error)}): start the service, or say where it is by --url or SLOWBURN_URL`,
      { cause: error },
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

interface WrongInput {
  readonly field: string;
  readonly value: unknown;
  readonly allowed: string;
}

function isWrongInput(error: unknown): error is WrongInput {
  return typeof error === 'object' && error !== null && 'field' in error && 'allowed' in error;
}

function isPage<Row>(body: unknown): body is Page<Row> {
  return typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items);
}

/** fetch hides the reason behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') {
    return cause.code;
  }
  return cause instanceof Error ? cause.message : error.message;
}
