import { BadAnswer, excerpt } from './bad-answer';

/** What came over the wire, before anything is made of it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
  readonly date: string | null;
  /** The header `X-Server-Hostname`. */
  readonly serverHostname: string | null;
}

/** The envelope around every answer of the query API. */
interface Envelope {
  readonly status: 'success' | 'error';
  readonly data?: unknown;
  readonly errorType?: unknown;
  readonly error?: unknown;
  readonly warnings?: unknown;
  readonly infos?: unknown;
  /** VictoriaMetrics: some storage nodes did not answer. */
  readonly isPartial?: unknown;
  readonly stats?: unknown;
}

/** What an answer holds, and which engine words its answers like that. */
export interface AnswerRead {
  readonly data: unknown;
  readonly engine: Engine;
}

/**
 * Prometheus, Thanos, Mimir and Cortex word their answers alike. VictoriaMetrics names its host
 * and counts the series it fetched, and says in a cluster whether all nodes answered, without being asked.
 */
export type Engine = 'prometheus' | 'victoria-metrics';

/**
 * What an answer holds that is the whole truth.
 *
 * @param now epoch seconds, to read a Retry-After that is a date
 * @throws BadAnswer for everything else
 */
export function readAnswer(answer: Answer, now: number): AnswerRead {
  const envelope = envelopeOf(answer.text);
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, envelope, now);
  if (envelope === null) {
    throw new BadAnswer('unavailable', `answered ${answer.status} with something else than JSON`, {
      retry: true,
    });
  }
  if (envelope.status === 'error') throw failedQuery(envelope, answer.status);
  refusePartial(envelope);
  return { data: envelope.data, engine: engineOf(answer, envelope) };
}

function engineOf({ serverHostname }: Answer, { isPartial, stats }: Envelope): Engine {
  const fetched = typeof stats === 'object' && stats !== null && 'seriesFetched' in stats;
  const itsOwn = fetched || isPartial !== undefined || serverHostname !== null;
  return itsOwn ? 'victoria-metrics' : 'prometheus';
}

function envelopeOf(text: string): Envelope | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null || !('status' in body)) return null;
  return body.status === 'success' || body.status === 'error' ? (body as Envelope) : null;
}

function refusal(answer: Answer, envelope: Envelope | null, now: number): BadAnswer {
  const { status } = answer;
  const reason = envelope === null ? '' : `: ${errorText(envelope)}`;
  const message = `answered ${status}${reason}`;
  if (status === 401 || status === 403) {
    return new BadAnswer('forbidden', `${message}; check its credentials`);
  }
  if (status === 429 || status >= 500) {
    const retryAfterSeconds = secondsUntil(answer.retryAfter, now);
    return new BadAnswer('unavailable', message, { retry: true, retryAfterSeconds });
  }
  if (status === 413 || status === 414) return new BadAnswer('too_much', message);
  if (status >= 300 && status <= 399) {
    return new BadAnswer('unavailable', `${message}, a redirect; redirects are not followed`);
  }
  if (envelope !== null && status === 422) return failedQuery(envelope, status);
  if (envelope !== null && status === 400) return new BadAnswer('rejected', message);
  return new BadAnswer('unavailable', `${message}; is its URL that of a Prometheus?`);
}

/** A query that was understood and still failed, whatever the HTTP status says. */
function failedQuery(envelope: Envelope, status: number): BadAnswer {
  const message = `answered ${status}: ${errorText(envelope)}`;
  if (envelope.errorType === 'bad_data') return new BadAnswer('rejected', message);
  if (status === 422 || envelope.errorType === 'execution' || envelope.errorType === '422') {
    return new BadAnswer(ASKED_TOO_MUCH.test(message) ? 'too_much' : 'rejected', message);
  }
  return new BadAnswer('unavailable', message, { retry: true });
}

/** Prometheus, Mimir ("exceeded the maximum number of chunks") and VictoriaMetrics ("more than -search.maxSeries"). */
const ASKED_TOO_MUCH =
  /too many samples|\bexceed(?:s|ed|ing)?\b|more than -search\.|not enough memory/i;

/**
 * A series the server left out looks like one without events, so an answer with a warning is none.
 * Remarks on the query itself ("PromQL info: metric might not be a counter") change no figure.
 */
function refusePartial(envelope: Envelope): void {
  const warnings = textsOf(envelope.warnings).filter(
    (text) => !/^PromQL (?:info|warning)/.test(text),
  );
  const truncated = textsOf(envelope.infos).filter((text) => /truncated/i.test(text));
  const [first] = [...warnings, ...truncated];
  if (first !== undefined) {
    throw new BadAnswer('partial', `answered with the warning: ${excerpt(first)}`);
  }
  if (envelope.isPartial === true) throw new BadAnswer('partial', 'answered with isPartial: true');
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function errorText(envelope: Envelope): string {
  const type = typeof envelope.errorType === 'string' ? `${envelope.errorType}: ` : '';
  return excerpt(type + (typeof envelope.error === 'string' ? envelope.error : 'no error text'));
}

/** Retry-After in either form of RFC 9110: a number of seconds or a date. */
function secondsUntil(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const at = Date.parse(retryAfter) / 1000;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
