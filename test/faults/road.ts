import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The road to a Prometheus: what passes is counted, and may be slowed down. */
export interface Road {
  readonly url: string;
  /** Requests that came since it was opened. */
  count(): number;
  /** Resolves with the arrival of this many further requests. */
  after(requests: number): Promise<void>;
  /** Every request waits this long before it goes on. */
  slow(milliseconds: number): void;
  close(): Promise<void>;
}

export async function openRoad(target: string): Promise<Road> {
  let [count, delay] = [0, 0];
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  const server = createServer((incoming, outgoing) => {
    count += 1;
    for (const waiter of waiting) {
      if (waiter.count > count) continue;
      waiting.delete(waiter);
      waiter.resolve();
    }
    setTimeout(() => {
      passOn(target, incoming, outgoing);
    }, delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => count,
    after: (requests) =>
      new Promise((resolve) => {
        waiting.add({ count: count + requests, resolve });
      }),
    slow: (milliseconds) => {
      delay = milliseconds;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Byte for byte; a target that is away cuts the connection, as it would itself. */
function passOn(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers, url = '/' } = incoming;
  const onward = request(new URL(url, target), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
