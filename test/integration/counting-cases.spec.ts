import type { CounterSource } from '../../src/collection/counter-reader';
import { readSli } from '../../src/collection/sli-reader';
import { groupSteps } from '../../src/collection/sli-reading';
import type { Sli } from '../../src/domain/slo';
import type { StepFlag } from '../../src/ledger/step';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from '../support/datasource';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide, type WrittenSeries } from '../support/remote-write';
import { slo } from '../support/slo';

const HOUR = 3_600;
/** Every case has its own job, and its samples are told in seconds from here. */
const origin = Math.floor(Date.now() / 1000 / HOUR) * HOUR - 8 * HOUR;

type Samples = readonly (readonly [second: number, value: number | null])[];

/** `value(t)` at every multiple of `every` within [from, to]. */
function each(
  every: number,
  from: number,
  to: number,
  value: (t: number) => number | null,
): Samples {
  const samples: [number, number | null][] = [];
  for (let t = from; t <= to; t += every) samples.push([t, value(t)]);
  return samples;
}

function series(name: string, labels: Record<string, string>, samples: Samples): WrittenSeries {
  return {
    labels: { __name__: name, instance: 'a:80', ...labels },
    samples: samples.map(([t, value]) => [origin + t, value]),
  };
}

interface Case {
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
  readonly flags?: readonly StepFlag[];
}

const requests = (job: string, status: string, samples: Samples, instance = 'a:80') =>
  series('requests_total', { job, status, instance }, samples);
const up = (job: string, samples: Samples, instance = 'a:80') =>
  series('up', { job, instance }, samples);
const started = (job: string, from: number, to: number, at: number) =>
  series(
    'process_start_time_seconds',
    { job },
    each(60, from, to, () => origin + at),
  );
const DAY = 86_400;

const CASES: readonly Case[] = [
  {
    name: 'a jump between two steps is in the step whose scrape saw it',
    job: 'jump',
    series: [
      up(
        'jump',
        each(60, 0, 1200, () => 1),
      ),
      requests(
        'jump',
        '200',
        each(60, 0, 1200, (t) => (t <= 300 ? 10_000 : 10_100)),
      ),
    ],
    from: 0,
    to: 900,
    step: 300,
    total: [0, 100, 0],
  },
  {
    name: 'a burst inside a step is not inflated',
    job: 'burst',
    series: [
      up(
        'burst',
        each(60, 0, 1200, () => 1),
      ),
      requests(
        'burst',
        '200',
        each(60, 0, 1200, (t) => (t <= 360 ? 10_000 : 10_100)),
      ),
    ],
    from: 300,
    to: 600,
    step: 300,
    total: [100],
  },
  {
    name: 'a counter that falls began again from zero',
    job: 'reset',
    series: [
      up(
        'reset',
        each(300, 0, 2100, () => 1),
      ),
      requests(
        'reset',
        '200',
        each(300, 0, 1800, (t) => [0, 1, 2, 3, 2, 3, 4][t / 300] ?? 0),
      ),
    ],
    from: 0,
    to: 1800,
    step: 300,
    scrape: 300,
    total: [1, 1, 1, 2, 1, 1],
  },
  {
    name: 'an error series born at its first error counts from zero',
    job: 'born',
    series: [
      up(
        'born',
        each(60, -600, 1200, () => 1),
      ),
      requests(
        'born',
        '200',
        each(60, -600, 1200, (t) => 60 + t / 10),
      ),
      requests(
        'born',
        '500',
        each(60, 180, 1200, () => 3),
      ),
    ],
    from: 0,
    to: 900,
    step: 300,
    scrape: 60,
    total: [33, 30, 30],
    bad: [3, 0, 0],
  },
  {
    name: 'an old process that is first scraped now is a baseline',
    job: 'late',
    series: [
      up(
        'late',
        each(60, 180, 1200, () => 1),
      ),
      started('late', 180, 1200, -30 * DAY),
      requests(
        'late',
        '200',
        each(60, 180, 1200, (t) => 5_000 + t),
      ),
      requests(
        'late',
        '500',
        each(60, 180, 1200, () => 3),
      ),
    ],
    from: 0,
    to: 900,
    step: 300,
    scrape: 60,
    total: [120, 300, 300],
    bad: [0, 0, 0],
    flags: ['baseline'],
  },
  {
    name: 'a new process that is first scraped now counts from zero',
    job: 'fresh',
    series: [
      up(
        'fresh',
        each(60, 180, 1200, () => 1),
      ),
      started('fresh', 180, 1200, 140),
      requests(
        'fresh',
        '200',
        each(60, 180, 1200, (t) => t - 140),
      ),
    ],
    from: 0,
    to: 600,
    step: 300,
    scrape: 60,
    total: [160, 300],
  },
  {
    name: 'a new label on a living process is a baseline: its life is not counted again',
    job: 'label',
    series: [
      up(
        'label',
        each(60, -600, 1200, () => 1),
      ),
      started('label', -600, 1200, -DAY),
      requests('label', '200', [...each(60, -600, 300, (t) => 5_000 + t), [360, null]]),
      series(
        'requests_total',
        { job: 'label', status: '200', version: '2' },
        each(60, 360, 1200, (t) => 5_000 + t),
      ),
    ],
    from: 0,
    to: 900,
    step: 300,
    scrape: 60,
    total: [300, 240, 300],
    flags: ['baseline', 'relabelling'],
  },
  {
    name: 'an instance that nobody scraped for 3 hours brings all it counted with its first step back',
    job: 'away',
    series: [
      up('away', [...each(60, -900, 300, () => 1), ...each(60, 3 * HOUR + 360, 4 * HOUR, () => 1)]),
      started('away', -900, 300, -DAY),
      requests('away', '200', [
        ...each(60, -900, 300, (t) => 20_000 + t / 6),
        ...each(60, 3 * HOUR + 360, 4 * HOUR, (t) => 20_000 + t / 6),
      ]),
    ],
    from: 0,
    to: 3 * HOUR + 900,
    step: 300,
    scrape: 60,
    total: [50, ...new Array<number>(36).fill(0), (3 * HOUR + 600 - 300) / 6, 50],
    covered: [300, ...new Array<number>(36).fill(0), 37 * 300, 300],
    flags: ['gap', 'missing'],
  },
  {
    name: 'without an error series nothing was bad',
    job: 'clean',
    series: [
      up(
        'clean',
        each(60, -600, 900, () => 1),
      ),
      requests(
        'clean',
        '200',
        each(60, -600, 900, (t) => 6_000 + t),
      ),
    ],
    from: 0,
    to: 300,
    step: 60,
    scrape: 60,
    total: [60, 60, 60, 60, 60],
    bad: [0, 0, 0, 0, 0],
  },
  {
    name: 'no traffic is covered time without events',
    job: 'idle',
    series: [
      up(
        'idle',
        each(60, -600, 900, () => 1),
      ),
      requests(
        'idle',
        '200',
        each(60, -600, 900, () => 7),
      ),
      requests(
        'idle',
        '500',
        each(60, -600, 900, () => 1),
      ),
    ],
    from: 0,
    to: 300,
    step: 300,
    scrape: 60,
    total: [0],
    covered: [300],
  },
  {
    name: 'targets that answer but have no series yet are covered time without events',
    job: 'quiet',
    series: [
      up(
        'quiet',
        each(60, -600, 900, () => 1),
      ),
      requests('quiet', '200', [...each(60, -600, -60, () => 9), [0, null]]),
    ],
    from: 300,
    to: 600,
    step: 300,
    scrape: 60,
    total: [0],
    covered: [300],
  },
  {
    name: 'targets that do not answer are missing time',
    job: 'down',
    series: [
      up(
        'down',
        each(60, -600, 900, (t) => (t > 0 ? 0 : 1)),
      ),
      requests('down', '200', [...each(60, -600, 0, (t) => 900 + t), [60, null]]),
    ],
    from: 0,
    to: 600,
    step: 300,
    scrape: 60,
    total: [0, 0],
    covered: [0, 0],
    flags: ['missing'],
  },
  {
    name: 'a gap of the source itself is bridged, its events counted in the step that ends it',
    job: 'gap',
    series: [
      up(
        'gap',
        each(60, 0, 2700, (t) => (t >= 660 && t <= 1440 ? null : 1)).filter(([, v]) => v !== null),
      ),
      requests(
        'gap',
        '200',
        each(60, 0, 2700, (t) => (t >= 660 && t <= 1440 ? null : t)).filter(([, v]) => v !== null),
      ),
    ],
    from: 0,
    to: 2400,
    step: 300,
    scrape: 60,
    total: [300, 300, 0, 0, 900, 300, 300, 300],
    covered: [300, 300, 0, 0, 900, 300, 300, 300],
    flags: ['gap', 'missing'],
  },
  {
    name: 'a restart that the counter overtook before the next scrape is seen by its process start',
    job: 'hidden',
    series: [
      up(
        'hidden',
        each(60, -600, 900, () => 1),
      ),
      series(
        'process_start_time_seconds',
        { job: 'hidden' },
        each(60, -600, 900, (t) => origin + (t <= 120 ? -HOUR : 125)),
      ),
      requests(
        'hidden',
        '200',
        each(60, -600, 900, (t) => (t <= 120 ? 5 : 40 + t - 180)),
      ),
    ],
    from: 0,
    to: 300,
    step: 60,
    scrape: 60,
    total: [0, 0, 40, 60, 60],
  },
  {
    name: 'a series that begins and fails to be scraped within one step counts in it',
    job: 'flash',
    series: [
      up(
        'flash',
        each(15, -600, 300, (t) => (t === 60 ? 0 : 1)),
      ),
      requests(
        'flash',
        '200',
        each(15, -600, 300, (t) => (t === 60 ? null : 700 + t)),
      ),
      requests('flash', '500', [
        [30, 2],
        [45, 2],
        [60, null],
        [75, 2],
        [90, 5],
      ]),
    ],
    from: 0,
    to: 120,
    step: 60,
    scrape: 15,
    total: [45 + 2, 75 + 3],
    bad: [2, 3],
    flags: ['gap'],
  },
  {
    name: 'a series whose scrapes failed at both ends of a step counts what was seen between',
    job: 'ends',
    series: [
      up(
        'ends',
        each(15, -600, 300, (t) => (t === 60 || t === 120 ? 0 : 1)),
      ),
      requests(
        'ends',
        '200',
        each(15, -600, 300, (t) => (t === 60 || t === 120 ? null : 700 + t)),
      ),
    ],
    from: 0,
    to: 180,
    step: 60,
    scrape: 15,
    total: [45, 60, 75],
    flags: ['gap'],
  },
  {
    name: 'a threshold spelled otherwise than its bucket is the same bucket',
    job: 'spelling',
    sli: {
      kind: 'latency',
      histogram: 'duration_seconds{job="spelling"}',
      thresholdSeconds: '0.50',
      native: false,
    },
    series: [
      up(
        'spelling',
        each(60, -600, 900, () => 1),
      ),
      series(
        'duration_seconds_bucket',
        { job: 'spelling', le: '0.5' },
        each(60, -600, 900, (t) => 700 + t),
      ),
      series(
        'duration_seconds_bucket',
        { job: 'spelling', le: '5' },
        each(60, -600, 900, (t) => 1400 + 2 * t),
      ),
      series(
        'duration_seconds_bucket',
        { job: 'spelling', le: '+Inf' },
        each(60, -600, 900, (t) => 1400 + 2 * t),
      ),
      series(
        'duration_seconds_count',
        { job: 'spelling' },
        each(60, -600, 900, (t) => 1400 + 2 * t),
      ),
    ],
    from: 0,
    to: 600,
    step: 300,
    scrape: 60,
    total: [600, 600],
    bad: [300, 300],
  },
  {
    name: 'le 1 becoming le 1.0 is no jump, and no loss beyond its step',
    job: 'upgrade',
    sli: {
      kind: 'latency',
      histogram: 'duration_seconds{job="upgrade"}',
      thresholdSeconds: '1',
      native: false,
    },
    series: [
      up(
        'upgrade',
        each(60, -600, 1200, () => 1),
      ),
      started('upgrade', -600, 1200, -DAY),
      series('duration_seconds_bucket', { job: 'upgrade', le: '1' }, [
        ...each(60, -600, 300, (t) => 700 + t),
        [360, null],
      ]),
      series(
        'duration_seconds_bucket',
        { job: 'upgrade', le: '1.0' },
        each(60, 360, 1200, (t) => 700 + t),
      ),
      series(
        'duration_seconds_count',
        { job: 'upgrade' },
        each(60, -600, 1200, (t) => 700 + t),
      ),
    ],
    from: 0,
    to: 900,
    step: 300,
    scrape: 60,
    total: [300, 300, 300],
    bad: [0, 60, 0],
    flags: ['baseline', 'relabelling'],
  },
];

describe('counting on a real Prometheus', () => {
  let prometheus: RunningPrometheus;
  let source: PrometheusSeriesSource;

  beforeAll(async () => {
    prometheus = await startPrometheus();
    await remoteWriteSideBySide(
      prometheus.url,
      CASES.flatMap((one) => one.series),
    );
    source = new PrometheusSeriesSource([datasource(prometheus.url)]);
  }, 60_000);

  afterAll(async () => {
    source.close();
    await prometheus.dispose();
  });

  it.each(CASES)('$name', async (one) => {
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
      flags: one.flags ?? [],
    });
  });
});
