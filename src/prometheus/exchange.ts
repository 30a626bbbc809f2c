import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { PrometheusDriver } from 'prometheus-query';
import type { PrometheusConnectionOptions } from 'prometheus-query';
import type { Answer } from './answer';

/** One request: what the library cannot be told, and what it would lose of the answer. */
export interface Exchange {
  /** Over the library's own, which divides by a thousand, and takes 0 for now. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  readonly signal: AbortSignal;
  readonly maxAnswerBytes: number;
  answer: Answer | null;
  /** Why there is no answer. */
  error: unknown;
}

type RequestInterceptor = NonNullable<PrometheusConnectionOptions['requestInterceptor']>;
type ResponseInterceptor = NonNullable<PrometheusConnectionOptions['responseInterceptor']>;
type Request = Parameters<RequestInterceptor['onFulfilled']>[0];
type Response = Parameters<ResponseInterceptor['onFulfilled']>[0];

/**
 * `prometheus-query` as it can be relied upon.
 *
 * Left alone it loses warnings, turns infinities into NaN, hides the HTTP status of anything that
 * is not JSON, follows redirects and proxies of the environment, cannot be stopped, and fails on
 * native histograms. Its two interceptors are the way in, and the exchange travels to them with
 * the asynchronous context: the library has no parameter that could carry it.
 */
export class Exchanges {
  private readonly driver: PrometheusDriver;
  private readonly current = new AsyncLocalStorage<Exchange>();

  constructor(endpoint: string) {
    this.driver = new PrometheusDriver({
      endpoint,
      preferPost: true,
      requestInterceptor: { onFulfilled: (request) => this.prepare(request) },
      responseInterceptor: {
        onFulfilled: (response) => this.keep(response),
        onRejected: (error: unknown) => this.keepError(error),
      },
    });
  }

  /** @returns when `exchange.answer` or `exchange.error` is set */
  async run(
    exchange: Exchange,
    send: (driver: PrometheusDriver) => Promise<unknown>,
  ): Promise<void> {
    try {
      await this.current.run(exchange, () => send(this.driver));
    } catch (error) {
      // What the library throws are plain objects made of an error that is already kept.
      exchange.error ??= error;
    }
  }

  private prepare(request: Request): Request {
    const exchange = this.exchange();
    const form = formOf(request);
    for (const [name, value] of Object.entries(exchange.parameters)) form.set(name, value);
    for (const [name, value] of Object.entries(exchange.headers)) request.headers.set(name, value);
    request.headers.set('Accept', 'application/json');
    request.headers.set('User-Agent', 'slowburn');
    request.signal = exchange.signal;
    // The signal is the only deadline; the library would put 10 s in the place of none.
    request.timeout = 0;
    request.httpAgent = exchange.httpAgent;
    request.httpsAgent = exchange.httpsAgent;
    request.maxRedirects = 0;
    request.proxy = false;
    request.maxContentLength = exchange.maxAnswerBytes;
    request.validateStatus = () => true;
    request.responseType = 'text';
    request.transformResponse = [(text: unknown) => text];
    return request;
  }

  private keep(response: Response): Response {
    this.exchange().answer = {
      status: response.status,
      text: String(response.data),
      retryAfter: header(response, 'retry-after'),
      date: header(response, 'date'),
      serverHostname: header(response, 'x-server-hostname'),
    };
    // An empty list is what each of the library's readers can live with: QueryResult and series.
    response.data = { status: 'success', data: [] };
    return response;
  }

  private keepError(error: unknown): never {
    this.exchange().error = error;
    throw error;
  }

  private exchange(): Exchange {
    const exchange = this.current.getStore();
    if (exchange === undefined) throw new Error('a request outside of an exchange');
    return exchange;
  }
}

/** The body of a POST; what the library can only GET has it behind its question mark. */
function formOf(request: Request): URLSearchParams {
  const get = request.method?.toUpperCase() === 'GET';
  const form: unknown = get ? request.params : request.data;
  if (!(form instanceof URLSearchParams)) throw new TypeError('expected a form to be sent');
  if (get) request.data = undefined;
  return form;
}

function header(response: Response, name: string): string | null {
  const value: unknown = response.headers[name];
  return typeof value === 'string' ? value : null;
}
