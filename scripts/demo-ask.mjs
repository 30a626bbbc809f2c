// How the demo asks its parts over HTTP: no answer is null, a refusal an error where something was to be done.
const ANSWER_MS = 10_000;
/** A report of a whole month in the slowest format. */
const DOWNLOAD_MS = 120_000;

export async function ask(url, options = {}) {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), ...options });
  } catch {
    return null;
  }
}

export async function answer(url) {
  const response = await ask(url);
  await response?.arrayBuffer();
  return response;
}

export async function answerOk(url) {
  const response = await answer(url);
  return response?.ok === true ? response : null;
}

export async function json(url) {
  const response = await ask(url);
  return response?.ok === true ? response.json() : null;
}

/** @returns {Promise<Response>} whose body is still to be read */
export function download(url) {
  return fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
}

/** @returns {Promise<{ status: number, body: object }>} */
export async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    signal: AbortSignal.timeout(ANSWER_MS),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** @throws when it is not done */
export async function mustPost(url, body) {
  const done = await post(url, body);
  if (done.status < 300) return done.body;
  throw new Error(`POST ${url} was refused with ${done.status}: ${JSON.stringify(done.body)}`);
}

/** Every item of a list that comes in pages; `url` has a query already. */
export async function all(url) {
  const items = [];
  for (let cursor = ''; ;) {
    const page = await json(`${url}${cursor}`);
    if (page === null) throw new Error(`GET ${url} has no answer`);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}
