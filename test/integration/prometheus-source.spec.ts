import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from '../support/datasource';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import type { RunningPrometheus } from '../support/prometheus';

const START = 1_760_000_400;
const HOUR = 3_600;

describe('a real Prometheus as a series source', () => {
  let prometheus: RunningPrometheus;
  let source: PrometheusSeriesSource;

  beforeAll(async () => {
    prometheus = await startPrometheusWithHistory(
      [
        {
          name: 'http_requests',
          type: 'counter',
          series: ['a', 'b'].map((pod, which) => ({
            name: 'http_requests_total',
            labels: { job: 'api', pod },
            samples: everyStep(START, START + 4 * HOUR, 15, (_, index) => index * (which + 1)),
          })),
        },
        {
          name: 'odd',
          type: 'gauge',
          series: [
            ['nan', NaN],
            ['up', Infinity],
            ['down', -Infinity],
            ['small', 1.5e-300],
          ].map(([which, value]) => ({
            name: 'odd',
            labels: { which: String(which) },
            samples: [[START, Number(value)]],
          })),
        },
        {
          name: 'dense',
          type: 'gauge',
          series: [
            {
              name: 'dense',
              labels: {},
              // Between two whole seconds: only an exact time finds the one and not the other.
              samples: [
                [START + 0.25, 1],
                [START + 0.5, 2],
              ],
            },
          ],
        },
      ],
      { flags: ['--query.max-samples=3000'] },
    );
    source = new PrometheusSeriesSource([datasource(prometheus.url)], {
      deadlineSeconds: 20,
      firstPauseSeconds: 0.05,
    });
  }, 60_000);

  afterAll(async () => {
    source.close();
    await prometheus.dispose();
  });

  it('reads samples of an instant with all their labels', async () => {
    const samples = await source.instant('default', 'http_requests_total', START + HOUR);
    expect([...samples].sort((a, b) => a.value - b.value)).toEqual([
      { labels: { __name__: 'http_requests_total', job: 'api', pod: 'a' }, value: 240 },
      { labels: { __name__: 'http_requests_total', job: 'api', pod: 'b' }, value: 480 },
    ]);
  });

  it('keeps infinities and NaN apart', async () => {
    const samples = await source.instant('default', 'odd', START);
    expect(Object.fromEntries(samples.map((s) => [s.labels['which'], s.value]))).toEqual({
      nan: NaN,
      up: Infinity,
      down: -Infinity,
      small: 1.5e-300,
    });
  });

  it.each([
    [START + 0.25, 1],
    [START + 0.499, 1],
    [START + 0.5, 2],
  ])('asks for exactly the time given: at %d it is %d', async (at, value) => {
    expect(await source.instant('default', 'dense', at)).toEqual([
      { labels: { __name__: 'dense' }, value },
    ]);
  });

  it('takes time 0 for 1970 and not for now', async () => {
    expect(await source.instant('default', 'time()', 0)).toEqual([{ labels: {}, value: 0 }]);
    const [series] = await source.range('default', 'time()', { from: 0, to: 60, stepSeconds: 60 });
    expect(series).toEqual({ labels: {}, at: [0, 60], values: [0, 60] });
  });

  it('takes a scalar for one sample without labels, and refuses a string or a range', async () => {
    expect(await source.instant('default', 'scalar(vector(5))', START)).toEqual([
      { labels: {}, value: 5 },
    ]);
    await expect(source.instant('default', '"text"', START)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('"string", allowed: a vector or scalar') as string,
    });
    await expect(source.instant('default', 'odd[5m]', START)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('"matrix"') as string,
    });
  });

  it('answers with nothing where there is nothing', async () => {
    expect(await source.instant('default', 'absent_metric', START)).toEqual([]);
    expect(await source.instant('default', 'odd', START - HOUR)).toEqual([]);
  });

  it('reads a range at its own instants', async () => {
    const asked = { from: START + 60, to: START + 180, stepSeconds: 60 };
    const series = await source.range('default', 'sum by (job) (http_requests_total)', asked);
    expect(series).toEqual([
      { labels: { job: 'api' }, at: [START + 60, START + 120, START + 180], values: [12, 24, 36] },
    ]);
  });

  it('lists label sets that had samples in a span', async () => {
    const found = await source.labelSets(
      'default',
      'http_requests_total{pod=~"a|b"}',
      START,
      START + HOUR,
    );
    expect(found.map((labels) => labels['pod']).sort()).toEqual(['a', 'b']);
    expect(await source.labelSets('default', 'http_requests_total', 1, 2)).toEqual([]);
  });

  it('says where a query does not parse', async () => {
    await expect(source.instant('default', 'sum(', START)).rejects.toMatchObject({
      kind: 'rejected',
      datasource: 'default',
      message: expect.stringMatching(/data source default: answered 400: bad_data: .*parse error/),
    });
  });

  it('tells a query that failed from one that asks for too much', async () => {
    const manyToMany = 'odd / on () group_left () odd';
    await expect(source.instant('default', manyToMany, START)).rejects.toMatchObject({
      kind: 'rejected',
    });
    const all = 'sum by (pod) (http_requests_total)';
    const asked = { from: START, to: START + 4 * HOUR, stepSeconds: 5 };
    await expect(source.range('default', all, asked)).rejects.toMatchObject({
      kind: 'too_much',
      message: expect.stringContaining('too many samples') as string,
    });
  });

  it('refuses more instants than a server would', async () => {
    const asked = { from: START, to: START + 11_000 * 15, stepSeconds: 15 };
    await expect(source.range('default', 'odd', asked)).rejects.toThrow(
      new RangeError('11001 instants asked for, allowed: 11000'),
    );
    const just = { ...asked, to: asked.to - 15 };
    await expect(source.range('default', 'odd{which="small"}', just)).resolves.toHaveLength(1);
  });

  it.each([
    [
      'an unknown source',
      () => source.instant('other', 'odd', START),
      /data source is "other", allowed: default/,
    ],
    ['a time that is none', () => source.instant('default', 'odd', NaN), /time is null/],
    [
      'a step of nothing',
      () => source.range('default', 'odd', { from: 1, to: 2, stepSeconds: 0 }),
      /step is 0, allowed/,
    ],
    [
      'a span that ends before it starts',
      () => source.range('default', 'odd', { from: 2, to: 1, stepSeconds: 1 }),
      /start is 2, allowed: epoch seconds up to the end, 1/,
    ],
  ])('refuses %s', async (_, ask, message) => {
    await expect(ask()).rejects.toThrow(message);
  });

  it('reads the clock of the source as ours, since it is', async () => {
    await source.instant('default', 'odd', START);
    expect(source.health('default')).toMatchObject({ up: true, error: null, clockSkewSeconds: 0 });
  });

  it('is unavailable while the server is away, and back when it is', async () => {
    const fresh = new PrometheusSeriesSource([datasource(prometheus.url)], {
      firstPauseSeconds: 0.01,
    });
    try {
      expect(fresh.health('default')).toMatchObject({ up: null, lastAnswerAt: null });
      // An idle socket is kept, so that the kill also resets one that is in use.
      await fresh.instant('default', 'odd', START);
      await prometheus.kill();
      await expect(fresh.instant('default', 'odd', START)).rejects.toMatchObject({
        kind: 'unavailable',
        message: expect.stringContaining('ECONNREFUSED') as string,
      });
      expect(fresh.health('default')).toMatchObject({
        up: false,
        error: expect.stringContaining('ECONNREFUSED') as string,
        queries: { success: 1, unavailable: 3 },
      });
      await prometheus.restart();
      expect(await fresh.instant('default', 'odd{which="small"}', START)).toHaveLength(1);
      expect(fresh.health('default')).toMatchObject({ up: true, error: null });
    } finally {
      fresh.close();
    }
  }, 60_000);
});
