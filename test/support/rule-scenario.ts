import type { Written } from './memory-ledger';
import type { InputSeries } from './promtool';

/** Some minutes of one pod's traffic that are alike. */
export interface Phase {
  readonly minutes: number;
  /** Of each minute. */
  readonly good: number;
  readonly bad: number;
  /** The pod is another process than before. */
  readonly restart?: boolean;
  /** It does not answer and counts nothing; it comes back as another process. */
  readonly down?: boolean;
}

const SCRAPE = 15;
const SCRAPES = 60 / SCRAPE;

/** What the ledger has of it: the truth. */
export function countedMinutes(phases: readonly Phase[]): readonly Written[] {
  return phases.flatMap(({ minutes, good, bad, down = false }) =>
    Array.from({ length: minutes }, () => (down ? { good: 0, coveredSeconds: 0 } : { good, bad })),
  );
}

/** What Prometheus has of it: scrapes of a pod, every 15 s from 15 s on. */
export function scrapes(
  phases: readonly Phase[],
  labels: Readonly<Record<string, string>> = {},
): readonly InputSeries[] {
  const name = (metric: string, further: Readonly<Record<string, string>> = {}) => {
    const all = { job: 'shop', instance: 'pod-1', ...labels, ...further };
    const pairs = Object.entries(all).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
    return `${metric}{${pairs.join(',')}}`;
  };
  const ok = ['_'];
  const failed = ['_'];
  const up = ['_'];
  const started = ['_'];
  let [goodSum, badSum, startedAt, wasUp] = [0, 0, 0, true];
  const stops = (values: string[]) => values.push(wasUp ? 'stale' : '_');
  for (const { minutes, good, bad, restart = false, down = false } of phases) {
    if (restart || (!down && !wasUp))
      [goodSum, badSum, startedAt] = [0, 0, SCRAPE * (up.length - 1) + 1];
    for (let k = 0; k < minutes * SCRAPES; k += 1) {
      up.push(down ? '0' : '1');
      if (down) {
        [ok, failed, started].forEach(stops);
        wasUp = false;
        continue;
      }
      wasUp = true;
      goodSum += share(good, k % SCRAPES);
      badSum += share(bad, k % SCRAPES);
      ok.push(String(goodSum));
      failed.push(String(badSum));
      started.push(String(startedAt));
    }
  }
  return [
    { series: name('up'), values: up },
    { series: name('process_start_time_seconds'), values: started },
    { series: name('http_requests_total', { code: '200' }), values: ok },
    { series: name('http_requests_total', { code: '500' }), values: failed },
  ];
}

/** Of a minute's events those that the k-th scrape brings: whole ones, all of them together. */
function share(events: number, k: number): number {
  return Math.floor((events * (k + 1)) / SCRAPES) - Math.floor((events * k) / SCRAPES);
}
