import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The road from a service on a clock of the test's to an Alertmanager on the machine's: what is past
 * there is as long past here, and what holds for four minutes there does so here.
 */
export interface TimeRoad {
  readonly url: string;
  /** Requests that came, also those that nobody answered. */
  count(): number;
  /** What the service's clock shows from now on, epoch seconds. */
  stand(at: number): void;
  close(): Promise<void>;
}

interface Alert {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** @param latest where the service's clock will stand at last: now, on the machine's */
export async function openTimeRoad(target: string, latest: number): Promise<TimeRoad> {
  const behind = Date.now() / 1000 - latest;
  let [count, standing] = [0, latest];
  const here = (text: string): string => {
    const at = Date.parse(text) / 1000;
    const ahead = at > standing;
    return new Date((ahead ? Date.now() / 1000 + at - standing : at + behind) * 1000).toISOString();
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      count += 1;
      const alerts = (JSON.parse(body) as Alert[]).map((alert) => ({
        ...alert,
        startsAt: here(alert.startsAt),
        endsAt: here(alert.endsAt),
      }));
      fetch(target + (request.url ?? ''), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alerts),
      }).then(
        async (answer) => response.writeHead(answer.status).end(await answer.text()),
        // As the target itself would.
        () => response.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    stand: (at) => {
      standing = at;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
