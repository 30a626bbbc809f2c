import type { CounterSource } from '../../src/collection/counter-reader';
import { readSli } from '../../src/collection/sli-reader';
import { groupSteps } from '../../src/collection/sli-reading';
import type { Sli } from '../../src/domain/slo';
import type { StepFlag } from '../../src/ledger/step';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from './datasource';
import { type RunningEngine, startEngine } from './engine';
import type { WrittenSeries } from './remote-write';
import { slo } from './slo';

export const HOUR = 3_600;
/** Every case has its own job, and its samples are told in seconds from here. */
export const origin = Math.floor(Date.now() / 1000 / HOUR) * HOUR - 8 * HOUR;

export type Samples = readonly (readonly [second: number, value: number | null])[];

/** `value(t)` at every multiple of `every` within [from, to]. */
export function each(
  every: number,
  from: number,
  to: number,
  value: (t: number) => number | null,
): Samples {
  const samples: [number, number | null][] = [];
  for (let t = from; t <= to; t += every) samples.push([t, value(t)]);
  return samples;
}

export function series(
  name: string,
  labels: Record<string, string>,
  samples: Samples,
): WrittenSeries {
  return {
    labels: { __name__: name, instance: 'a:80', ...labels },
    samples: samples.map(([t, value]) => [origin + t, value]),
  };
}

export interface CountingCase {
  readonly name: string;
  readonly job: string;
  readonly series: readonly WrittenSeries[];
  /** Seconds from the origin; the steps that are read. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly scrape?: number;
  readonly sli?: Sli;
  readonly total: readonly number[];
  readonly bad?: readonly number[];
  readonly covered?: readonly number[];
  /** `any` where engines may tell differently how they came to the same count. */
  readonly flags?: readonly StepFlag[] | 'any';
}

export const requests = (job: string, status: string, samples: Samples, instance = 'a:80') =>
  series('requests_total', { job, status, instance }, samples);
export const up = (job: string, samples: Samples, instance = 'a:80') =>
  series('up', { job, instance }, samples);
export const started = (job: string, from: number, to: number, at: number) =>
  series(
    'process_start_time_seconds',
    { job },
    each(60, from, to, () => origin + at),
  );
export const DAY = 86_400;

/** Counts every case on a real engine that was told its samples. */
export function counted(cases: readonly CountingCase[]): void {
  let engine: RunningEngine;
  let source: PrometheusSeriesSource;

  beforeAll(async () => {
    engine = await startEngine();
    await engine.write(cases.flatMap((one) => one.series));
    source = new PrometheusSeriesSource([datasource(engine.url)]);
  }, 60_000);

  afterAll(async () => {
    source.close();
    await engine.dispose();
  });

  it.each(cases)('$name', async (one) => {
    const selector = `requests_total{job="${one.job}"}`;
    const sli: Sli = one.sli ?? {
      kind: 'ratio',
      total: selector,
      part: { role: 'bad', selector: `requests_total{job="${one.job}",status=~"5.."}` },
    };
    const at: CounterSource = {
      source,
      datasource: 'default',
      scrapeIntervalSeconds: one.scrape ?? 60,
    };
    const span = { from: origin + one.from, to: origin + one.to, stepSeconds: one.step };
    const reading = await readSli(at, slo({ sli }), span, 1n, null);
    const steps = groupSteps(reading, reading.groups.get('[]'));
    const seen = {
      total: steps.map(({ total }) => Number(total)),
      bad: steps.map(({ good, total }) => Number(total - good)),
      covered: steps.map(({ coveredSeconds }) => coveredSeconds),
      flags: [...new Set(steps.flatMap(({ flags }) => flags))].sort(),
    };
    expect(seen).toEqual({
      total: one.total,
      bad: one.bad ?? one.total.map(() => 0),
      covered: one.covered ?? one.total.map(() => one.step),
      flags: one.flags === 'any' ? seen.flags : (one.flags ?? []),
    });
  });
}
