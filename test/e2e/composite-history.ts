import { everyStep } from '../support/history';
import type { MetricFamily } from '../support/openmetrics';

const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const SCRAPE = MINUTE;
/** On the five-minute grid, some minutes before the history ends. */
export const END = Math.floor(Date.now() / 1000 / 300) * 300 - 10 * MINUTE;

/** Ten events a minute each; a fifth of the payments fail for six hours two days ago, and for the last half hour. */
export function* history(): Generator<MetricFamily> {
  const from = END - 15 * DAY;
  const to = END + 10 * MINUTE;
  const labels = { job: 'shop', instance: 'a:80' };
  const lasting = (at: number, begin: number, end: number) =>
    Math.max(0, Math.min(at, end) - begin) / MINUTE;
  const failed = (at: number) =>
    2 * lasting(at, END - 2 * DAY, END - 2 * DAY + 6 * HOUR) +
    2 * lasting(at, END - 30 * MINUTE, to);
  const counter = (name: string, status: string, value: (at: number, index: number) => number) => ({
    name: `${name}_total`,
    labels: { ...labels, status },
    samples: everyStep(from, to, SCRAPE, value),
  });
  yield {
    name: 'up',
    type: 'gauge',
    series: [{ name: 'up', labels, samples: everyStep(from, to, SCRAPE, () => 1) }],
  };
  yield {
    name: 'http_requests',
    type: 'counter',
    series: [
      counter('http_requests', '200', (_, index) => 10 * index),
      counter('http_requests', '500', () => 0),
    ],
  };
  yield {
    name: 'payments',
    type: 'counter',
    series: [
      counter('payments', 'paid', (at, index) => 10 * index - failed(at)),
      counter('payments', 'failed', failed),
    ],
  };
}
