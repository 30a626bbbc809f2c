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
import { HOSTILE } from './world';

const SLOS = `apiVersion: slowburn/v1
service: shop
team: payments
slos:
  - name: api-errors
    description: ${JSON.stringify(`Answers without a server error ${HOSTILE}`)}
    objective: 99.5%
    sli: &errors
      ratio:
        total: http_requests_total{job="shop"}
        bad: http_requests_total{job="shop",status=~"5.."}
    alerting: { runbook: 'https://runbooks.example/errors' }
  - { name: by-endpoint, objective: 99.5%, groupBy: [endpoint], sli: *errors }
  - name: waiting
    objective: 99%
    sli:
      ratio:
        total: nobody_counts_total{job="shop"}
        bad: nobody_counts_total{job="shop",outcome="failed"}
`;

/** A month is behind it. */
export interface SloWorld extends ServedWorld {
  /** Of the instant that its outage began, epoch seconds. */
  readonly outage: number;
}

export async function startSloWorld(): Promise<SloWorld> {
  const now = lastScrape();
  const outage = now - HOUR;
  const served = await serveWorld({
    slos: SLOS,
    history: (until) => history(now, until, outage),
    isRead: (rows) => rows.filter(isRead).length === READ_ROWS,
  });
  return { ...served, outage };
}

/** One SLO, and four groups of the other, one of them without its label; the third has nothing to read. */
const READ_ROWS = 5;

function isRead({ slo, coverage }: ListedRow): boolean {
  return slo !== 'shop/waiting' && coverage.ratio > 0.99;
}

/** Part of the requests to /cart fail since the outage began, and did for three hours nine days ago. */
function* history(now: number, until: number, outage: number): Generator<MetricFamily> {
  const from = now - 30 * DAY - 2 * HOUR;
  const earlier = { from: now - 9 * DAY, to: now - 9 * DAY + 3 * HOUR };
  const counter = (
    endpoint: string,
    status: string,
    perMinute: (at: number) => number,
  ): SampledSeries => {
    let count = 0;
    return {
      name: 'http_requests_total',
      labels: { job: 'shop', instance: 'shop-1:80', endpoint, status },
      samples: everyStep(from, until, SCRAPE, (at) => (count += perMinute(at))),
    };
  };
  const failing = (at: number) =>
    at > outage ? 150 : at > earlier.from && at <= earlier.to ? 90 : 0;
  // Never fewer than fail, at whatever hour the test runs: a counter does not fall.
  const day = (at: number) => Math.round(500 + 300 * Math.sin((at / DAY) * 2 * Math.PI));
  yield {
    name: 'http_requests',
    type: 'counter',
    series: [
      counter('/cart', '200', (at) => day(at) - failing(at)),
      counter('/cart', '500', failing),
      counter('/login', '200', () => 200),
      counter('/login', '503', (at) => (at % (2 * HOUR) === 0 ? 40 : 0)),
      counter(HOSTILE, '200', () => 10),
      // Without the label, as Prometheus has it.
      counter('', '200', () => 10),
    ],
  };
  yield {
    name: 'up',
    type: 'gauge',
    series: [
      {
        name: 'up',
        labels: { job: 'shop', instance: 'shop-1:80' },
        samples: everyStep(from, until, SCRAPE, () => 1),
      },
    ],
  };
}
