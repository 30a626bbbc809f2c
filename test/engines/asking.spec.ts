import type { Series } from '../../src/collection/series-source';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { fullDifference, ORDINARY_LOOKBACK_SECONDS } from '../../src/promql/delta';
import { onInstances } from '../../src/promql/counter';
import { spanDifference } from '../../src/promql/merged-difference';
import { newestSamples } from '../../src/promql/presence';
import { changedStarts } from '../../src/promql/process-starts';
import { parseSelector } from '../../src/promql/selector';
import { each, origin, requests, series, started, up } from '../support/counting-cases';
import { datasource } from '../support/datasource';
import { type RunningEngine, startEngine } from '../support/engine';
import type { WrittenSeries } from '../support/remote-write';

const S = 'requests_total{job="forms"}';
const INSTANCES = Array.from({ length: 60 }, (_, k) => `pod-${k}-of-a-long-name.example:8080`);
/** The last quarter minute that is over. */
const now = Math.floor(Date.now() / 1000 / 15) * 15;

/** Instances of one job, each with another thing that happens between 120 and 180. */
const FORMS: readonly WrittenSeries[] = [
  requests(
    'forms',
    '200',
    each(15, -600, 600, (t) => 10_000 + t),
    'grows',
  ),
  requests(
    'forms',
    '200',
    each(15, -600, 600, (t) => (t < 150 ? 10_000 + t : t - 100)),
    'falls',
  ),
  requests(
    'forms',
    '200',
    each(15, 150, 600, (t) => t - 145),
    'begins',
  ),
  requests('forms', '200', [...each(15, -600, 140, (t) => 900 + t), [150, null]], 'ends'),
  requests(
    'forms',
    '200',
    each(15, -593, 600, (t) => (t < 120 ? 5 : t < 137 ? 1 : 10 + t)),
    'between',
  ),
];

describe('questions that every engine answers alike', () => {
  let engine: RunningEngine;
  let source: PrometheusSeriesSource;

  beforeAll(async () => {
    engine = await startEngine();
    await engine.write([
      ...FORMS,
      ...INSTANCES.map((instance, k) =>
        requests(
          'many',
          '200',
          each(15, -600, 300, (t) => 10_000 + k * t),
          instance,
        ),
      ),
      ...INSTANCES.map((instance) =>
        up(
          'many',
          each(15, -600, 300, () => 1),
          instance,
        ),
      ),
      started('starts', -600, 600, -3_600),
      series(
        'process_start_time_seconds',
        { job: 'starts', instance: 'b:80' },
        each(60, -600, 600, (t) => origin + (t < 100 ? -3_600 : 90)),
      ),
      series(
        'silent_total',
        { job: 'silent' },
        each(15, -600, 0, (t) => 600 + t),
      ),
      recent('newest_total', -600, 0),
    ]);
    source = new PrometheusSeriesSource([datasource(engine.url)]);
  }, 60_000);

  afterAll(async () => {
    source.close();
    await engine.dispose();
  });

  const range = (query: string, from: number, to: number, stepSeconds: number) =>
    source.range('default', query, { from, to, stepSeconds });

  it('gives every point of the last half minute its own value', async () => {
    const [found] = await range('newest_total', now - 60, now, 15);
    expect(found?.values).toEqual([540, 555, 570, 585, 600]);
  });

  it('knows the newest sample as soon as it is there', async () => {
    const counter = {
      selector: parseSelector('newest_total{instance="a:80"}'),
      groupBy: [],
      identity: ['job', 'instance'],
      births: 'count',
    } as const;
    const query = newestSamples(counter).at(-1) ?? '';
    expect(await source.instant('default', query, now + 5)).toEqual([{ labels: {}, value: now }]);
  });

  it('shows a series that fell silent for no longer than five minutes, however long the steps', async () => {
    const found = await range('silent_total', origin + 200, origin + 200 + 7_200, 3_600);
    expect(found.map(({ at }) => at.map((t) => t - origin))).toEqual([[200]]);
    expect(await range('silent_total', origin + 400, origin + 400 + 7_200, 3_600)).toEqual([]);
  });

  it('sees samples that came after it was asked, at the instants that were asked for', async () => {
    // Many instants off the grid of the step: caches would rather have them on it.
    const ask = () => range('count(late_total)', now - 2_395, now - 600, 15);
    expect(await ask()).toEqual([]);
    await engine.write([recent('late_total', -1_800, -1_200)]);
    const [found] = await ask();
    expect(found?.at[0]).toBe(now - 1_795);
    expect(found?.at.length).toBeGreaterThanOrEqual(40);
  });

  it('marks a sum by infinity where one of its series is out of the ordinary, and not by NaN', async () => {
    const odd = `((${S} offset 60s or resets(${S}[75s])) + Inf)`;
    const query = `sum by (instance) (((${S} - ${S} offset 60s) / 0 ^ resets(${S}[75s]) >= 0) or ${odd})`;
    expect(byInstance(await range(query, origin + 120, origin + 240, 60))).toEqual({
      grows: '60 60 60',
      falls: '60 Infinity 60',
      begins: '- Infinity 60',
      ends: '60 Infinity -',
      between: '0 Infinity 60',
    });
  });

  it('does not take a span for ordinary in which a counter fell, be it before its first sample', async () => {
    const selector = parseSelector(S);
    const counter = { selector, by: ['instance'], identity: ['job', 'instance'] };
    const query = spanDifference(counter, 120);
    const found = await range(query, origin + 240, origin + 600, 360);
    expect(
      Object.fromEntries(found.map(({ labels, values }) => [labels['instance'], values])),
    ).toEqual({
      grows: [120, 120],
      falls: [Infinity, 120],
      begins: [Infinity, 120],
      ends: [Infinity],
      between: [Infinity, 120],
    });
  });

  it('finds a fall in a step, and one before its first sample', async () => {
    const query = `min_over_time(${S}[60s]) < ${S} offset 60s`;
    expect(byInstance(await range(query, origin + 120, origin + 240, 60))).toEqual({
      falls: '- 50 -',
      between: '- 1 -',
    });
  });

  it('hands out raw samples without the marker that ends a series, and without the left edge', async () => {
    const found = await source.samples('default', S, origin + 105, origin + 150);
    const told = found.map(({ labels, at, values }) => [
      labels['instance'],
      at.map((t, k) => `${t - origin}:${String(values[k])}`).join(' '),
    ]);
    expect(Object.fromEntries(told)).toEqual({
      grows: '120:10120 135:10135 150:10150',
      falls: '120:10120 135:10135 150:50',
      begins: '150:5',
      ends: '120:1020 135:1035',
      between: '112:5 127:1 142:152',
    });
  });

  it('tells a process that is another one from one that goes on', async () => {
    const query = changedStarts(parseSelector('process_start_time_seconds{job="starts"}'), 300);
    const changed = await source.instant('default', query, origin + 240);
    expect(changed.map(({ labels }) => labels['instance'])).toEqual(['b:80']);
    // A single sample has not changed.
    const short = changedStarts(parseSelector('process_start_time_seconds{job="starts"}'), 59);
    expect(await source.instant('default', short, origin + 240)).toEqual([]);
  });

  it('answers a query of more than 16 384 bytes with what its parts add up to', async () => {
    const selector = parseSelector('requests_total{job="many"}');
    const counter = {
      selector,
      groupBy: [],
      identity: ['job', 'instance'],
      births: 'count',
    } as const;
    const shape = {
      stepSeconds: 15,
      scrapeIntervalSeconds: 15,
      lookbackSeconds: ORDINARY_LOOKBACK_SECONDS,
      seriesLookbackSeconds: 600,
      fromLastScrape: true,
      unscraped: true,
    };
    const [narrowed] = onInstances(
      counter,
      INSTANCES.map((instance) => ['many', instance]),
    );
    const query = fullDifference(narrowed ?? counter, shape);
    expect(query.length).toBeGreaterThan(3 * 16_384);
    const [found] = await range(query, origin + 60, origin + 120, 15);
    const perStep = INSTANCES.reduce((sum, _, k) => sum + 15 * k, 0);
    expect(found?.values).toEqual(new Array<number>(5).fill(perStep));
  });
});

/** One every 15 s, told in seconds from now; 600 at now. */
function recent(name: string, from: number, to: number): WrittenSeries {
  const samples = each(15, from, to, (t) => 600 + t);
  return {
    labels: { __name__: name, job: 'recent', instance: 'a:80' },
    samples: samples.map(([t, value]) => [now + t, value]),
  };
}

/** Values at 120, 180 and 240. */
function byInstance(found: readonly Series[]): Readonly<Record<string, string>> {
  return Object.fromEntries<string>(
    found.map(({ labels, at, values }) => [
      labels['instance'] ?? '',
      [120, 180, 240].map((t) => values[at.indexOf(origin + t)] ?? '-').join(' '),
    ]),
  );
}
