import type { MetricFamily, Sample, SampledSeries } from '../test/support/openmetrics';
import type { Span } from './fleet';
import type { History } from './kept-history';

const HOUR = 3_600;
const DAY = 24 * HOUR;
export const SCRAPE_SECONDS = 15;
const PODS = 25;
const ENDPOINTS = 25;
const ROLLOUT_DAYS = 7;
const BEGIN = Date.parse('2026-10-21T00:00:00Z') / 1000;
const END = BEGIN + 31 * DAY;
const OUTAGE = END - 10 * DAY;

/** The life of one process: its series are named by `instance`, and count from zero. */
interface Life {
  readonly instance: string;
  readonly from: number;
  readonly to: number;
}

type Lives = (pod: number) => readonly Life[];

const forEver: Lives = (pod) => [{ instance: `pod-${pod}:80`, from: BEGIN - DAY, to: END }];

/** Every one at a second of its own, about once a day. */
const restartedDaily: Lives = (pod) => {
  const ends = Array.from(
    { length: 31 },
    (_, day) => BEGIN + day * DAY + ((pod * 2_477 + day * 7_919) % DAY),
  );
  return cut(BEGIN - DAY, [...ends, END]).map(({ from, to }) => ({
    ...{ instance: `pod-${pod}:80`, from, to },
  }));
};

/** All pods are replaced by others within ten minutes, once a week. */
const rolledOut: Lives = (pod) => {
  const ends = [1, 2, 3, 4].map((week) => BEGIN + week * ROLLOUT_DAYS * DAY + pod * 24);
  return cut(BEGIN - DAY, [...ends, END]).map(({ from, to }, k) => ({
    ...{ instance: `pod-${pod}-${k}:80`, from, to },
  }));
};

/** A month of what a preview has to read back, in the ways that services live. Fixed, so that it can be kept. */
export const PREVIEW_MONTH: History & { readonly jobs: readonly string[] } = {
  key: `v2-preview-${BEGIN}-${END}`,
  what: '31 days of four services with fifty series each',
  begin: BEGIN,
  end: END,
  jobs: ['steady', 'rollouts', 'restarts', 'endpoints'],
  *families(span: Span): Generator<MetricFamily> {
    const jobs: readonly (readonly [string, Lives, number])[] = [
      ['steady', forEver, PODS],
      ['rollouts', rolledOut, PODS],
      ['restarts', restartedDaily, PODS],
      ['endpoints', forEver, 1],
    ];
    function* every(
      name: string,
      valueOf: (life: Life, at: number) => number,
    ): Generator<SampledSeries> {
      for (const [job, lives, pods] of jobs) {
        yield* targets(lives, pods).map(([pod, own]) => ({
          name,
          labels: { job, instance: own[0]?.instance ?? '' },
          samples: samplesOf(pod, own, span, valueOf),
        }));
      }
    }
    function* requests(): Generator<SampledSeries> {
      for (const [job, lives, pods] of jobs) {
        const endpoints = job === 'endpoints' ? ENDPOINTS : 1;
        for (const [pod, own] of targets(lives, pods)) {
          for (let endpoint = 0; endpoint < endpoints; endpoint += 1) {
            for (const code of ['200', '500']) {
              yield {
                name: 'http_requests_total',
                labels: {
                  ...{ job, instance: own[0]?.instance ?? '', code, endpoint: `/e${endpoint}` },
                },
                samples: samplesOf(pod, own, span, (life, at) => counted(code, life.from, at)),
              };
            }
          }
        }
      }
    }
    yield { name: 'http_requests', type: 'counter', series: requests() };
    yield { name: 'up', type: 'gauge', series: every('up', () => 1) };
    yield {
      name: 'process_start_time_seconds',
      type: 'gauge',
      series: every('process_start_time_seconds', ({ from }) => from),
    };
  },
};

/** What a process has counted: a steady trickle of errors, and an hour of an outage. */
function counted(code: string, from: number, at: number): number {
  if (code === '200') return Math.floor((at - from) * 8);
  const outage = (instant: number) => Math.min(Math.max(0, instant - OUTAGE), HOUR);
  return Math.floor((at - from) / 500) + 2 * Math.floor(outage(at) - outage(from));
}

/** By the name of its series: the lives that share them. */
function targets(lives: Lives, pods: number): readonly (readonly [number, readonly Life[]])[] {
  return Array.from({ length: pods }, (_, pod) => pod).flatMap((pod) => {
    const all = lives(pod);
    const instances = [...new Set(all.map(({ instance }) => instance))];
    return instances.map(
      (instance) => [pod, all.filter((life) => life.instance === instance)] as const,
    );
  });
}

function* samplesOf(
  pod: number,
  lives: readonly Life[],
  span: Span,
  valueOf: (life: Life, at: number) => number,
): Generator<Sample> {
  for (const life of lives) {
    const from = Math.max(span.from, life.from);
    const to = Math.min(span.to, life.to);
    const phase = (pod * 7) % SCRAPE_SECONDS;
    for (let at = Math.floor(from / SCRAPE_SECONDS) * SCRAPE_SECONDS + phase; at <= to;) {
      if (at > from) yield [at, valueOf(life, at)];
      at += SCRAPE_SECONDS;
    }
  }
}

function cut(from: number, ends: readonly number[]): readonly Span[] {
  return ends.map((to, k) => ({ from: ends[k - 1] ?? from, to }));
}
