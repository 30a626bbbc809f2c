import { everyStep } from './history';
import type { MetricFamily, SampledSeries } from './openmetrics';

const HOUR = 3_600;
export const DAY = 86_400;
export const SCRAPE = 60;

/** Three minutes past a five-minute instant: the newest step is none of the history's grid. */
export const due = Math.floor(Date.now() / 1000 / 300) * 300 - 420;
export const now = due + 40;
const start = due - 31 * DAY;
export const outage = due - 10 * DAY;

/** Two pods, one restart each, an outage ten days ago, two hours unseen, an endpoint five days old. */
export function* families(): Generator<MetricFamily> {
  const pods = ['a:80', 'b:80'];
  const endpoints = [
    ['/cars', start],
    ['/slow', start],
    ['/late', due - 5 * DAY],
  ] as const;
  const end = due + 600;
  const blind = (at: number) => at > due - 3 * DAY && at <= due - 3 * DAY + 2 * HOUR;
  const restart = (pod: number) => due - (20 - pod) * DAY + 137;
  function* requests(): Generator<SampledSeries> {
    for (const [pod, instance] of pods.entries()) {
      for (const [endpoint, born] of endpoints) {
        for (const status of ['200', '500']) {
          let value = status === '200' ? 1_000 : 3;
          const labels = { job: 'api', instance, endpoint, status };
          yield {
            name: 'http_requests_total',
            labels,
            samples: everyStep(born, end, SCRAPE, (at, k) => {
              const failing = at > outage && at <= outage + HOUR;
              if (at > restart(pod) && at <= restart(pod) + SCRAPE) value = 0;
              if (status === '200') value += failing ? 40 : 50 + (k % 7);
              else value += failing ? 10 : k % 400 === 0 ? 1 : 0;
              return blind(at) ? null : value;
            }),
          };
        }
      }
    }
  }
  yield { name: 'http_requests', type: 'counter', series: requests() };
  yield {
    name: 'http_seconds',
    type: 'histogram',
    series: ['0.1', '0.5', '+Inf'].map((le) => ({
      name: 'http_seconds_bucket',
      labels: { job: 'api', instance: 'a:80', le },
      samples: everyStep(due - DAY, end, SCRAPE, (_, k) => k),
    })),
  };
  yield {
    name: 'up',
    type: 'gauge',
    series: pods.map((instance) => ({
      name: 'up',
      labels: { job: 'api', instance },
      samples: everyStep(start, end, SCRAPE, (at) =>
        blind(at) ? null : at > outage && at <= outage + 600 ? 0 : 1,
      ),
    })),
  };
  yield {
    name: 'process_start_time_seconds',
    type: 'gauge',
    series: pods.map((instance, pod) => ({
      name: 'process_start_time_seconds',
      labels: { job: 'api', instance },
      samples: everyStep(start, end, SCRAPE, (at) =>
        blind(at) ? null : at > restart(pod) ? restart(pod) : start - DAY,
      ),
    })),
  };
}
