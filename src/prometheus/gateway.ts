import { setTimeout as sleep } from 'node:timers/promises';
import type { PrometheusDriver } from 'prometheus-query';
import { SourceFailure } from '../collection/series-source';
import type { Lateness, SourceHealth } from '../collection/series-source';
import type { DatasourceConfig } from '../config/config';
import { Connection } from '../outbound/connection';
import { UnreadableFile } from '../outbound/watched-file';
import { type Engine, readAnswer } from './answer';
import { BadAnswer } from './bad-answer';
import { parametersIn } from './dialect';
import { endpointOf } from './endpoint';
import { Exchanges } from './exchange';
import type { Exchange } from './exchange';
import type { SourceLimits } from './source-limits';
import { SourceRecord } from './source-record';
import { transportFailure } from './transport-failure';
import { Turns } from './turns';

/** What to ask. */
export interface Call {
  readonly send: (driver: PrometheusDriver) => Promise<unknown>;
  /** Over the library's own: the query, which engines take in other words, and exact times. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Only some servers know it; the data of the others is null, and they are no worse for it. */
  readonly optional?: boolean;
  /** Ends the call, failing for the signal's reason; that is no failure of the source. */
  readonly signal?: AbortSignal | undefined;
}

/** How servers say that they have no such thing: VictoriaMetrics by 400, Mimir by 404. */
const UNKNOWN_STATUSES = [400, 404, 405, 501];

/** One data source: takes turns, keeps the deadline, tries again where that can help. */
export class Gateway {
  private readonly exchanges: Exchanges;
  private readonly connection: Connection;
  private readonly turns: Turns;
  private readonly record = new SourceRecord();
  private readonly underWay = new Set<AbortController>();
  private readonly closing = new AbortController();
  private engine: Engine = 'prometheus';

  constructor(
    private readonly datasource: DatasourceConfig,
    private readonly limits: SourceLimits,
    private readonly now: () => number,
  ) {
    this.exchanges = new Exchanges(endpointOf(datasource));
    this.connection = new Connection(datasource, limits.maxConcurrent);
    this.turns = new Turns(limits.maxConcurrent);
  }

  /** @throws SourceFailure */
  ask<T>(call: Call, decode: (data: unknown) => T): Promise<T> {
    return this.turns.run(() => this.tryAndTryAgain(call, decode));
  }

  get lateness(): Lateness {
    return this.datasource;
  }

  /** Known once it was asked anything. */
  get showsEnds(): boolean {
    return this.engine === 'victoria-metrics';
  }

  health(): SourceHealth {
    return this.record.health();
  }

  close(): void {
    this.closing.abort();
    for (const request of this.underWay) request.abort();
    this.connection.close();
  }

  private async tryAndTryAgain<T>(call: Call, decode: (data: unknown) => T): Promise<T> {
    const deadline = performance.now() + this.limits.deadlineSeconds * 1000;
    for (let tries = 1; ; tries += 1) {
      try {
        const value = decode(await this.inItsDialect(call, deadline));
        this.record.succeeded(this.now());
        return value;
      } catch (error) {
        if (!(error instanceof BadAnswer)) throw error;
        this.record.failed(error, this.now());
        const pause = 1000 * (error.retryAfterSeconds ?? this.pauseSeconds(tries));
        const late = performance.now() + pause >= deadline;
        if (!error.retry || late || tries >= this.limits.maxTries) throw this.failure(error, tries);
        await this.pause(pause, call.signal);
      }
    }
  }

  /** The first answer tells whom we speak with; what it says may depend on how it was asked. */
  private async inItsDialect(call: Call, deadline: number): Promise<unknown> {
    const askedAs = this.engine;
    const answered = await this.request(call, deadline - performance.now());
    if (call.optional === true && UNKNOWN_STATUSES.includes(answered[0].status)) return null;
    // A refusal, such as of a text too long, says no more of the engine than its headers.
    const refused = answered[0].status >= 400 && answered[0].serverHostname !== null;
    if (!refused || askedAs === 'victoria-metrics') {
      const { data, engine } = readAnswer(...answered);
      if (engine === 'prometheus' || engine === askedAs) return data;
    }
    this.engine = 'victoria-metrics';
    return readAnswer(...(await this.request(call, deadline - performance.now()))).data;
  }

  private async request(call: Call, milliseconds: number): Promise<Parameters<typeof readAnswer>> {
    call.signal?.throwIfAborted();
    // Thousands may be waiting for their turn.
    if (this.closing.signal.aborted) throw stopping();
    const controller = new AbortController();
    const end = (): void => {
      controller.abort();
    };
    const timer = setTimeout(end, milliseconds);
    call.signal?.addEventListener('abort', end);
    this.underWay.add(controller);
    try {
      const timeout = `${Math.max(1, Math.floor(milliseconds))}ms`;
      const exchange: Exchange = {
        parameters: {
          ...parametersIn(this.engine, call.parameters, this.datasource.parameters),
          timeout,
        },
        ...(await this.credentials()),
        httpAgent: this.connection.httpAgent,
        signal: controller.signal,
        maxAnswerBytes: this.limits.maxAnswerBytes,
        answer: null,
        error: null,
      };
      const sentAt = this.now();
      await this.exchanges.run(exchange, call.send);
      if (exchange.answer === null) {
        call.signal?.throwIfAborted();
        throw this.noAnswer(exchange);
      }
      const receivedAt = this.now();
      this.record.sawClock(exchange.answer.date, sentAt, receivedAt);
      return [exchange.answer, receivedAt];
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', end);
      this.underWay.delete(controller);
    }
  }

  private async credentials(): Promise<Pick<Exchange, 'headers' | 'httpsAgent'>> {
    try {
      const headers = await this.connection.headers();
      return { headers, httpsAgent: await this.connection.tlsAgent() };
    } catch (cause) {
      if (!(cause instanceof UnreadableFile)) throw cause;
      throw new BadAnswer('forbidden', cause.message, { cause });
    }
  }

  private noAnswer(exchange: Exchange): BadAnswer {
    if (this.closing.signal.aborted) return stopping();
    if (exchange.signal.aborted) {
      const { deadlineSeconds } = this.limits;
      return new BadAnswer('unavailable', `no answer within ${deadlineSeconds} s`, { retry: true });
    }
    return transportFailure(exchange.error, this.limits.maxAnswerBytes);
  }

  /** Full jitter: sources that fell over together are not asked again together. */
  private pauseSeconds(tries: number): number {
    return this.limits.firstPauseSeconds * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
  }

  private async pause(milliseconds: number, ending?: AbortSignal): Promise<void> {
    const closing = this.closing.signal;
    const signal = ending === undefined ? closing : AbortSignal.any([closing, ending]);
    // Cut short by `close` and the signal, after which the next request fails at once and says why.
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  }

  private failure(answer: BadAnswer, tries: number): SourceFailure {
    const times = tries === 1 ? '' : ` (${tries} tries)`;
    return new SourceFailure(answer.kind, this.datasource.name, answer.message + times, {
      cause: answer.cause,
      ...(answer.retryAfterSeconds === null ? {} : { retryAfterSeconds: answer.retryAfterSeconds }),
    });
  }
}

function stopping(): BadAnswer {
  return new BadAnswer('unavailable', 'not asked: stopping');
}
