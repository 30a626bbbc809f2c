import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DatasourceConfig } from '../../src/config/config';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import type { SourceLimits } from '../../src/prometheus/source-limits';
import { datasource } from './datasource';

/** An answer without samples, as Prometheus words it. */
export const GOOD = '{"status":"success","data":{"resultType":"vector","result":[]}}';

export interface OddAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string | Buffer;
}

/** Servers that do what no healthy Prometheus does, and sources that ask them. */
export class OddServers {
  private readonly cleanUps: (() => void)[] = [];

  /** To be called after each test. */
  close(): void {
    for (const cleanUp of this.cleanUps.splice(0).reverse()) cleanUp();
  }

  /** @returns its address */
  async serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.cleanUps.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Answers one thing after another, the last one for ever, and counts. */
  async answering(...answers: readonly OddAnswer[]) {
    let requests = 0;
    const url = await this.serve((request, response) => {
      request.resume();
      const answer = answers[Math.min(requests, answers.length - 1)];
      requests += 1;
      response.writeHead(answer?.status ?? 200, answer?.headers).end(answer?.body);
    });
    return { url, requests: () => requests };
  }

  sourceAt(
    url: string,
    over: Partial<DatasourceConfig> = {},
    limits: Partial<SourceLimits> = {},
    now?: () => number,
  ): PrometheusSeriesSource {
    const source = new PrometheusSeriesSource(
      [datasource(url, over)],
      { deadlineSeconds: 10, firstPauseSeconds: 0.01, ...limits },
      now,
    );
    this.cleanUps.push(() => {
      source.close();
    });
    return source;
  }
}

/** The form that a request carries. */
export async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
