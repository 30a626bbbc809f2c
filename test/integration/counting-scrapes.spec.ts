import {
  counted,
  type CountingCase,
  DAY,
  HOUR,
  each,
  requests,
  started,
  up,
} from '../support/counting-cases';

const CASES: readonly CountingCase[] = [
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
];

describe('counting through scrapes that fail, stop and come back', () => {
  counted(CASES);
});
