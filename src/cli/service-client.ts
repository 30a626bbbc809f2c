import { CouldNotRun } from './could-not-run';
import type { SloRow } from './slo-row';

const PAGE_ROWS = 1000;
const TIMEOUT_MS = 10_000;

export interface Service {
  readonly url: string;
  readonly token: string | undefined;
}

interface Page {
  readonly items: readonly SloRow[];
  readonly nextCursor: string | null;
}

/**
 * All rows of a running service's list, page after page.
 *
 * @param filter as in the query of `GET /api/v1/slos`: `service`, `status`, `team`
 * @throws CouldNotRun when the service does not answer, or not with a list
 */
export async function fetchSlos(
  service: Service,
  filter: Readonly<Record<string, string>>,
): Promise<readonly SloRow[]> {
  const rows: SloRow[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ ...filter, limit: String(PAGE_ROWS) });
    if (cursor !== null) query.set('cursor', cursor);
    const page: Page = await fetchPage(service, `/api/v1/slos?${query.toString()}`);
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

async function fetchPage({ url, token }: Service, path: string): Promise<Page> {
  const response = await ask(url, path, token);
  const text = await response.text();
  if (response.status === 401 || response.status === 403) {
    throw new CouldNotRun(`${url} refuses the token: SLOWBURN_TOKEN must hold one that may read`);
  }
  const body = parsed(text);
  if (!response.ok) throw new CouldNotRun(`${url} answered ${response.status}: ${detailOf(body)}`);
  if (!isPage(body)) {
    throw new CouldNotRun(`${url} did not answer with a list of SLOs: is it a Slowburn service?`);
  }
  return body;
}

async function ask(url: string, path: string, token: string | undefined): Promise<Response> {
  try {
    return await fetch(new URL(path, url), {
      headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
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

function isPage(body: unknown): body is Page {
  return typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items);
}

function detailOf(body: unknown): string {
  const { detail, title } = (body ?? {}) as { readonly detail?: unknown; readonly title?: unknown };
  if (typeof detail === 'string') return detail;
  return typeof title === 'string' ? title : 'no explanation';
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
