import { everyStep } from '../support/history';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import {
  DAY,
  HOUR,
  lastScrape,
  type ListedRow,
  SCRAPE,
  type ServedWorld,
  serveWorld,
} from './served-world';

/** What would run if it were taken for more than text. */
export const HOSTILE = '<img src=x onerror="document.title=\'hacked\'">';

/** One SLO of every status, groups, and names that are none. */
const SLOS = `apiVersion: slowburn/v1
service: checkout
team: payments
labels: { tier: '1' }
slos:
  - name: api-errors
    description: ${JSON.stringify(`Answers without a server error ${HOSTILE}`)}
    objective: 99%
    window: 3d
    sli: &errors
      ratio:
        total: http_requests_total{job="checkout"}
        bad: http_requests_total{job="checkout",status=~"5.."}
  - { name: by-endpoint, objective: 99.5%, window: 3d, groupBy: [endpoint], sli: *errors }
  - name: uptime
    description: The API answers its health check
    objective: 99.9%
    sli: { availability: { up: 'up{job="checkout"}' } }
---
apiVersion: slowburn/v1
service: search
team: discovery
slos:
  - name: availability
    description: Searches that find an answer
    objective: 99.5%
    window: 3d
    sli:
      ratio:
        total: http_requests_total{job="search"}
        bad: http_requests_total{job="search",status=~"5.."}
  - name: strict
    objective: 99.95%
    window: 3d
    sli:
      ratio:
        total: http_requests_total{job="search"}
        bad: http_requests_total{job="search",status=~"5.."}
---
apiVersion: slowburn/v1
service: media
slos:
  - name: thumbnails
    objective: 99%
    sli:
      ratio:
        total: thumbnails_total{job="media"}
        bad: thumbnails_total{job="media",outcome="failed"}
`;

/** Rows of the list: two endpoints and one that is hostile are three, the others one each. */
export const ROWS = 8;

/** Three days are behind it. */
export function startWorld(): Promise<ServedWorld> {
  const now = lastScrape();
  return serveWorld({
    slos: SLOS,
    history: (until) => history(now, until),
    isRead: (rows) => rows.length === ROWS && rows.every(isRead),
  });
}

/** Three days are all there is. */
function isRead({ slo, window, coverage }: ListedRow): boolean {
  if (slo.startsWith('media/')) return true;
  return coverage.ratio > (window.duration === '3d' ? 0.99 : 0.099);
}

/** Every second request to /cart fails since two hours ago; searches lose a few all the time. */
function* history(now: number, until: number): Generator<MetricFamily> {
  const from = now - 3 * DAY - HOUR;
  const outage = now - 2 * HOUR;
  const up = (job: string): SampledSeries => ({
    name: 'up',
    labels: { job, instance: `${job}-1:80` },
    samples: everyStep(from, until, SCRAPE, (at) => (at % (6 * HOUR) === 0 ? 0 : 1)),
  });
  const counter = (
    job: string,
    endpoint: string,
    status: string,
    perMinute: (at: number) => number,
  ): SampledSeries => {
    let count = 0;
    return {
      name: 'http_requests_total',
      labels: { job, instance: `${job}-1:80`, endpoint, status },
      samples: everyStep(from, until, SCRAPE, (at) => (count += perMinute(at))),
    };
  };
  yield { name: 'up', type: 'gauge', series: ['checkout', 'search'].map(up) };
  yield {
    name: 'http_requests',
    type: 'counter',
    series: [
      counter('checkout', '/cart', '200', (at) => (at > outage ? 300 : 600)),
      counter('checkout', '/cart', '500', (at) => (at > outage ? 300 : 0)),
      counter('checkout', '/login', '200', () => 200),
      counter('checkout', '/login', '503', (at) => (at % HOUR === 0 ? 12 : 0)),
      counter('checkout', HOSTILE, '200', () => 10),
      counter('search', '/', '200', () => 4_000),
      counter('search', '/', '500', (at) => (at % (4 * HOUR) < HOUR ? 6 : 0)),
    ],
  };
}
