import {
  counted,
  type CountingCase,
  DAY,
  each,
  requests,
  series,
  started,
  up,
} from '../support/counting-cases';

const CASES: readonly CountingCase[] = [
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
    name: 'a counter that fell between its last scrape before a step and the first one in it began again from zero',
    job: 'between',
    series: [
      up(
        'between',
        each(15, -600, 600, () => 1),
      ),
      requests(
        'between',
        '200',
        each(15, -590, 600, (t) => (t <= 60 ? 5 : t - 69)),
      ),
    ],
    from: 0,
    to: 240,
    step: 60,
    scrape: 15,
    // Seen as 5 at 55, 1 at 70 and 46 at 115.
    total: [0, 46, 60, 60],
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

describe('counting series that begin, end, fall and change their labels', () => {
  counted(CASES);
});
