import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An alert of a message, as Alertmanager and our own webhook word it. */
export interface HookAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly fingerprint: string;
}

export interface Hooked {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly message: { readonly status: string; readonly alerts: readonly HookAlert[] };
}

/** A real HTTP server that somebody sends messages to. */
export class HookServer {
  /** Those that were answered 2xx. */
  readonly taken: Hooked[] = [];
  /** Everything that came. */
  readonly came: Hooked[] = [];
  /** What it answers, and after how long; a status out of 2xx means not taken. */
  answer: { status: number; headers?: Record<string, string>; afterMs?: number } = { status: 200 };
  private server: Server | null = null;
  port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** The first time on a free port, then on the same again. */
  async open(): Promise<this> {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const { status, headers, afterMs = 0 } = this.answer;
        const message = JSON.parse(body) as Hooked['message'];
        const hooked = { headers: request.headers, body, message };
        this.came.push(hooked);
        if (status >= 200 && status < 300) this.taken.push(hooked);
        setTimeout(() => response.writeHead(status, headers).end('{}'), afterMs).unref();
      });
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
