import {
  counted,
  type CountingCase,
  DAY,
  HOUR,
  each,
  origin,
  requests,
  series,
  up,
} from '../support/counting-cases';

const CASES: readonly CountingCase[] = [
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
    name: 'a series that the new process does not have yet brings nothing of the old one, scraped more often than said',
    job: 'fresh',
    series: [
      up(
        'fresh',
        each(15, -600, 300, () => 1),
      ),
      series(
        'process_start_time_seconds',
        { job: 'fresh' },
        each(15, -600, 300, (t) => origin + (t <= 135 ? -HOUR : 140)),
      ),
      requests(
        'fresh',
        '200',
        each(15, -600, 300, (t) => (t <= 135 ? 1_000 + t : t - 140)),
      ),
      requests('fresh', '500', [
        ...each(15, -600, 135, () => 8_681),
        [150, null],
        ...each(15, 195, 300, () => 1),
      ]),
    ],
    from: 0,
    to: 300,
    step: 60,
    scrape: 60,
    total: [60, 60, 55, 61, 60],
    bad: [0, 0, 0, 1, 0],
    flags: 'any',
  },
  {
    name: 'a series of an earlier life is not the one that was born while nobody scraped',
    job: 'lives',
    series: [
      up('lives', [...each(60, -3600, 300, () => 1), ...each(60, 1560, 2700, () => 1)]),
      series('process_start_time_seconds', { job: 'lives' }, [
        ...each(60, -3600, -1200, () => origin - DAY),
        ...each(60, -1140, 300, () => origin - 1170),
        ...each(60, 1560, 2700, () => origin - 1170),
      ]),
      requests('lives', '200', [
        ...each(60, -3600, -1200, (t) => 90_000 + t),
        ...each(60, -1140, 300, (t) => 1_170 + t),
        ...each(60, 1560, 2700, (t) => 1_170 + t),
      ]),
      requests('lives', '500', [
        ...each(60, -3600, -1200, () => 7),
        [-1140, null],
        ...each(60, 1560, 2700, () => 9),
      ]),
    ],
    from: 0,
    to: 2100,
    step: 300,
    scrape: 60,
    total: [300, 0, 0, 0, 0, 1500 + 9, 300],
    bad: [0, 0, 0, 0, 0, 9, 0],
    covered: [300, 0, 0, 0, 0, 1500, 300],
    flags: ['gap', 'missing'],
  },
  {
    name: 'a series born while a scrape failed is no relabelling of one that ended in an earlier life',
    job: 'reborn',
    series: [
      up(
        'reborn',
        each(15, -600, 300, (t) => (t === 45 ? 0 : 1)),
      ),
      series(
        'process_start_time_seconds',
        { job: 'reborn' },
        each(15, -600, 300, (t) => origin + (t < -120 ? -DAY : -130)),
      ),
      requests('reborn', '500', [...each(15, -600, -135, () => 40), [-120, null]]),
      requests(
        'reborn',
        '503',
        each(15, 60, 300, () => 1),
      ),
    ],
    from: 0,
    to: 120,
    step: 60,
    scrape: 15,
    total: [1, 0],
    bad: [1, 0],
  },
  {
    name: 'a process that began while nobody was scraped counts from zero, whatever its instance had before',
    job: 'meanwhile',
    series: [
      ...['a:80', 'b:80'].flatMap((instance) => {
        const before = instance === 'a:80' ? each(60, -600, 300, () => 1) : [];
        const after = each(60, 1560, 2700, () => 1);
        const start = origin + 600;
        return [
          up('meanwhile', [...before, ...after], instance),
          series('process_start_time_seconds', { job: 'meanwhile', instance }, [
            ...before.map(([t]) => [t, origin - DAY] as const),
            ...after.map(([t]) => [t, start] as const),
          ]),
          requests(
            'meanwhile',
            '503',
            before.map(([t]) => [t, 5] as const),
            instance,
          ),
          requests(
            'meanwhile',
            '500',
            after.map(([t]) => [t, 3] as const),
            instance,
          ),
          requests(
            'meanwhile',
            '200',
            [
              ...before.map(([t]) => [t, 90_000 + t] as const),
              ...after.map(([t]) => [t, t - 600] as const),
            ],
            instance,
          ),
        ];
      }),
    ],
    from: 0,
    to: 2100,
    step: 300,
    scrape: 60,
    total: [300, 0, 0, 0, 0, 2 * (1200 + 3), 600],
    bad: [0, 0, 0, 0, 0, 6, 0],
    covered: [300, 0, 0, 0, 0, 1500, 300],
    flags: ['gap', 'missing'],
  },
];

describe('counting instances whose process was replaced unseen', () => {
  counted(CASES);
});
