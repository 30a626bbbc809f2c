import { counted, type CountingCase, each, requests, up } from '../support/counting-cases';

/**
 * Samples that stop without the marker that a scrape leaves behind: a remote write that fell
 * silent, a Prometheus that was killed. Prometheus shows the last value for five minutes more,
 * VictoriaMetrics for a step or a scrape interval and a bit.
 */
const CASES: readonly CountingCase[] = [
  {
    name: 'an instance that falls silent for good keeps what it counted',
    job: 'silent',
    series: [
      up(
        'silent',
        each(15, -600, 900, () => 1),
      ),
      requests(
        'silent',
        '200',
        each(15, -600, 900, (t) => 900 + t),
      ),
      up(
        'silent',
        each(15, -600, 130, () => 1),
        'b:80',
      ),
      requests(
        'silent',
        '200',
        each(15, -600, 130, (t) => 700 + t),
        'b:80',
      ),
    ],
    from: 0,
    to: 600,
    step: 60,
    scrape: 15,
    total: [120, 120, 60, 60, 60, 60, 60, 60, 60, 60],
    flags: 'any',
  },
  ...[150, 450, 1_800].map((away): CountingCase => {
    const back = 120 + away;
    const steps = Math.floor(away / 60) + 4;
    const silent = (t: number) => t <= 120 || t >= back;
    const job = `away-${away}`;
    // It grows by one a second, seen or not: the step of its first scrape back brings all of it.
    const end = 60 * steps;
    const firstBack = Math.ceil(back / 60) - 1;
    return {
      name: `an instance that is silent for ${away} s brings what it counted when it is back`,
      job,
      series: [
        up(
          job,
          each(15, -600, end + 60, () => 1),
        ),
        requests(
          job,
          '200',
          each(15, -600, end + 60, (t) => 900 + t),
        ),
        up(
          job,
          each(15, -600, end + 60, () => 1).filter(([t]) => silent(t)),
          'b:80',
        ),
        requests(
          job,
          '200',
          each(15, -600, end + 60, (t) => 700 + t).filter(([t]) => silent(t)),
          'b:80',
        ),
      ],
      from: 0,
      to: end,
      step: 60,
      scrape: 15,
      total: Array.from({ length: steps }, (_, k) => {
        if (k < 2 || k > firstBack) return 120;
        return k === firstBack ? 60 + 60 * (k + 1) - 120 : 60;
      }),
      flags: 'any',
    };
  }),
  {
    name: 'scrapes that come late and early are the same events',
    job: 'uneven',
    series: [
      up(
        'uneven',
        uneven(() => 1),
      ),
      requests(
        'uneven',
        '200',
        uneven((t) => 5_000 + Math.floor(t)),
      ),
    ],
    from: 0,
    to: 600,
    step: 60,
    scrape: 15,
    total: perStep(10),
    flags: 'any',
  },
];

/** Every 15 s or so, some 40 s apart: what a source that keeps one of two replicas' samples has. */
function uneven(value: (t: number) => number): readonly (readonly [number, number])[] {
  const samples: [number, number][] = [];
  for (let [t, k] = [-600, 0]; t <= 720; k += 1) {
    samples.push([t, value(t)]);
    t += [15, 14.2, 40.5, 15.8, 29, 15][k % 6] ?? 15;
  }
  return samples;
}

/** What the last samples of each step say, by the rule of the truth. */
function perStep(steps: number): readonly number[] {
  const at = (t: number) => uneven((s) => Math.floor(s)).findLast(([s]) => s <= t)?.[1] ?? NaN;
  return Array.from({ length: steps }, (_, k) => at(60 * (k + 1)) - at(60 * k));
}

describe('counting series that stop without a word', () => {
  counted(CASES);
});
