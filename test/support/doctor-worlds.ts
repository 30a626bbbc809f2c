import type { LatencySli, RatioSli, Slo } from '../../src/domain/slo';
import type { WrittenSeries } from './remote-write';

/** When the doctor looks. */
export const now = Math.floor(Date.now() / 1000);
export const FROM = now - 2_400;

type Labels = Readonly<Record<string, string>>;

export function series(
  name: string,
  labels: Labels,
  value: (t: number) => number,
  every = 15,
): WrittenSeries {
  const samples: [number, number][] = [];
  for (let at = FROM; at <= now; at += every) samples.push([at, value(at - FROM)]);
  return { labels: { __name__: name, ...labels }, samples };
}

/** A target that is scraped, with what it says of its process. */
export function target(job: string, labels: Labels = {}, every = 15): WrittenSeries[] {
  const own = { job, instance: 'a:80', ...labels };
  return [
    series('up', own, () => 1, every),
    series('process_start_time_seconds', own, () => FROM - 3_600, every),
  ];
}

/** Ten requests a second, one of a hundred bad. */
export function requests(job: string, labels: Labels = {}, every = 15): WrittenSeries[] {
  const own = { job, instance: 'a:80', ...labels };
  return [
    series('http_requests_total', { ...own, code: '200' }, (t) => 10 * t, every),
    series('http_requests_total', { ...own, code: '500' }, (t) => Math.floor(t / 10), every),
  ];
}

export function histogram(
  job: string,
  bounds: readonly string[],
  labels: Labels = {},
): WrittenSeries[] {
  const own = { job, instance: 'a:80', ...labels };
  return [
    ...bounds.map((le, k) => series('duration_seconds_bucket', { ...own, le }, (t) => (k + 1) * t)),
    series('duration_seconds_count', own, (t) => bounds.length * t),
  ];
}

export function ratio(job: string, over: Partial<RatioSli> = {}): RatioSli {
  return {
    kind: 'ratio',
    total: `http_requests_total{job="${job}"}`,
    part: { role: 'bad', selector: `http_requests_total{job="${job}",code=~"5.."}` },
    ...over,
  };
}

export function latency(job: string, thresholdSeconds = '0.5'): LatencySli {
  const selector = `duration_seconds{job="${job}"}`;
  return { kind: 'latency', histogram: selector, thresholdSeconds, native: false };
}

export function threshold(query: string): Slo['sli'] {
  return { kind: 'threshold', query, op: 'lte', value: 1, sliceSeconds: 300 };
}
