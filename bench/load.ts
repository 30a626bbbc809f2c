import autocannon from 'autocannon';

/** As many as a dashboard with its tiles. */
const CONNECTIONS = 4;
const SECONDS = 5;

export interface Latency {
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly requestsPerSecond: number;
}

/** Asks one address again and again. @throws Error when an answer is not 200 */
export async function latencyOf(url: string): Promise<Latency> {
  const warmUp = { url, connections: CONNECTIONS, duration: 1 };
  await autocannon(warmUp);
  const result = await autocannon({ ...warmUp, duration: SECONDS });
  if (result.non2xx > 0 || result.errors > 0 || result.requests.total === 0) {
    throw new Error(`${url}: ${result.non2xx} answers were no success, ${result.errors} failed`);
  }
  return {
    medianMs: result.latency.p50,
    p99Ms: result.latency.p99,
    requestsPerSecond: result.requests.average,
  };
}
