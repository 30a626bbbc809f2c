import { everyStep } from '../support/history';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import { seeded } from './random';

export const SCRAPE_SECONDS = 30;
const DAY = 86_400;
const RESTART_SECONDS = 420;

/** Half past ten in the evening: what follows crosses a midnight, where days are packed. */
export const T0 = Date.UTC(2026, 2, 10, 22, 30) / 1000;
export const FLEET_FROM = T0 - 7 * DAY - 3 * 3600;
export const FLEET_TO = T0 + 5 * 3600;

/** All kinds of SLI that are read in ways of their own. */
export const FLEET_SLOS = `apiVersion: slowburn/v1
service: shop
slos:
  - name: requests
    objective: 99.5%
    window: 7d
    sli: { ratio: { total: 'http_requests_total{job="shop"}', bad: 'http_requests_total{job="shop",status="500"}' } }
  - name: by-endpoint
    objective: 99.5%
    window: 7d
    groupBy: [endpoint]
    sli: { ratio: { total: 'http_requests_total{job="shop"}', bad: 'http_requests_total{job="shop",status="500"}' } }
  - name: latency
    objective: 95%
    window: 7d
    sli: { latency: { histogram: 'http_request_duration_seconds{job="shop"}', threshold: 500ms } }
  - name: uptime
    objective: 99%
    window: 7d
    sli: { availability: { up: 'up{job="shop"}', instances: average } }
  - name: busy
    objective: 99%
    window: 7d
    sli: { threshold: { query: 'sum(rate(http_requests_total{job="shop"}[5m]))', op: gt, value: 3.9, slice: 5m } }
`;
export const FLEET_STREAMS = 6;

/** Three pods with restarts, and error series that are born at their first error. */
export function fleet(): MetricFamily[] {
  const pods = [0, 1, 2].map((pod) => new Pod(pod));
  const per = (series: (pod: Pod) => SampledSeries[]) => pods.flatMap(series);
  return [
    {
      name: 'up',
      type: 'gauge',
      series: per((pod) => [pod.gauge('up', (at) => Number(!pod.away(at)))]),
    },
    {
      name: 'process_start_time_seconds',
      type: 'gauge',
      series: per((pod) => [
        pod.gauge('process_start_time_seconds', (at) => (pod.away(at) ? null : pod.start(at))),
      ]),
    },
    {
      name: 'http_requests',
      type: 'counter',
      series: per((pod) =>
        ['/cart', '/search'].flatMap((endpoint, k) => [
          pod.counter('http_requests_total', { endpoint, status: '200' }, 40 - 10 * k, false),
          pod.counter('http_requests_total', { endpoint, status: '500' }, 0.2, true),
        ]),
      ),
    },
    {
      name: 'http_request_duration_seconds',
      type: 'histogram',
      series: per((pod) => pod.histogram('http_request_duration_seconds')),
    },
  ];
}

class Pod {
  private readonly labels;
  /** Ends of the restarts, ascending; the first process is older than the history. */
  private readonly starts: readonly number[];

  constructor(private readonly pod: number) {
    this.labels = { job: 'shop', instance: `pod-${pod}:9100` };
    const random = seeded(100 + pod);
    const starts = [FLEET_FROM - DAY];
    let at = FLEET_FROM;
    for (;;) {
      at += Math.floor(6 * 3600 + random() * 18 * 3600);
      if (at > FLEET_TO) break;
      starts.push(at);
    }
    this.starts = starts;
  }

  start(at: number): number {
    return this.starts.findLast((start) => start <= at) ?? 0;
  }

  /** Down before a start for longer than the five minutes that a dead series stays visible. */
  away(at: number): boolean {
    return this.starts.some((start) => at < start && at >= start - RESTART_SECONDS);
  }

  gauge(name: string, valueAt: (at: number) => number | null): SampledSeries {
    return {
      name,
      labels: this.labels,
      samples: everyStep(FLEET_FROM, FLEET_TO, SCRAPE_SECONDS, valueAt),
    };
  }

  /** @param born whether the series is there only once it has counted something */
  counter(
    name: string,
    more: Readonly<Record<string, string>>,
    mean: number,
    born: boolean,
  ): SampledSeries {
    const random = seeded(this.pod * 31 + JSON.stringify(more).length * 7 + Math.round(mean * 10));
    let [value, process] = [0, 0];
    return {
      name,
      labels: { ...this.labels, ...more },
      samples: everyStep(FLEET_FROM, FLEET_TO, SCRAPE_SECONDS, (at) => {
        if (this.away(at)) return null;
        if (this.start(at) !== process) [value, process] = [0, this.start(at)];
        value += Math.floor(mean * 2 * random() + random());
        return born && value === 0 ? null : value;
      }),
    };
  }

  histogram(name: string): SampledSeries[] {
    const fast = () => this.counter(`${name}_bucket`, { le: '0.5' }, 30, false);
    // The same numbers as the fast ones, and some more: good can never be above total.
    const all = (suffix: string, more: Readonly<Record<string, string>>): SampledSeries => {
      const slow = [...this.counter('slow', {}, 1, false).samples];
      const quick = [...fast().samples];
      return {
        name: `${name}_${suffix}`,
        labels: { ...this.labels, ...more },
        samples: quick.map(([at, value], k) => [at, value + (slow[k]?.[1] ?? 0)] as const),
      };
    };
    return [fast(), all('bucket', { le: '+Inf' }), all('count', {})];
  }
}
