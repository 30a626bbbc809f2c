import { sloId, type Slo } from '../../src/domain/slo';
import { Collecting } from '../support/collecting';
import { faultyProxy } from '../support/faulty-proxy';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import { migratedDatabase } from '../support/ledger-database';
import { OddServers } from '../support/odd-server';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import { type PostgresServer, startPostgres } from '../support/postgres';
import type { RunningPrometheus } from '../support/prometheus';
import { sloWith } from '../support/slos';

const MINUTE = 60;
const HOUR = 3_600;
const ORIGIN = Math.floor(Date.now() / 1000 / HOUR) * HOUR - 6 * HOUR;
const FIRST_TICK = ORIGIN + HOUR / 4;
/** The windows of queries are five minutes long. */
const TICKS = 6;

const JOBS = Array.from({ length: 1_002 }, (_, k) => `job-${String(k).padStart(4, '0')}`);
const [REFUSED = '', HANGING = '', ...GOOD] = JOBS;

describe('an SLO whose query is broken, among a thousand that are not', () => {
  const servers = new OddServers();
  let postgres: PostgresServer;
  let prometheus: RunningPrometheus;
  let proxy: string;
  let hangs = true;

  beforeAll(async () => {
    [postgres, prometheus] = await Promise.all([
      startPostgres(),
      startPrometheusWithHistory(families()),
    ]);
    proxy = await servers.serve(
      faultyProxy(prometheus.url, (query) => {
        if (query.includes(REFUSED)) return 'refuse';
        return query.includes(HANGING) && hangs ? 'hang' : 'answer';
      }),
    );
  }, 120_000);

  afterAll(async () => {
    servers.close();
    await Promise.all([prometheus.dispose(), postgres.stop()]);
  });

  it.each<[what: string, broken: Slo, sinceTick?: number]>([
    ['a counter that the source refuses', counted(REFUSED)],
    ['a value that the source refuses', threshold(REFUSED)],
    ['a value that is never answered', threshold(HANGING)],
    ['a ratio of rates that is never answered', estimated(HANGING)],
    ['a counter that is never answered', counted(HANGING)],
    ['a counter that is never answered any more', counted(HANGING), 2],
  ])(
    '%s keeps none of them waiting',
    async (_, broken, brokenSince = 0) => {
      const good = GOOD.map((job, k) =>
        k % 20 === 0 ? threshold(job) : k % 20 === 1 ? estimated(job) : counted(job),
      );
      // The broken one stands in the middle of those that it could hold up.
      const all = [...good.slice(0, 500), broken, ...good.slice(500)];
      const collecting = new Collecting(await migratedDatabase(postgres), proxy, all, MINUTE, {
        limits: { deadlineSeconds: 1 },
      });
      try {
        const lags: (readonly [string, number])[] = [];
        for (let k = 0; k < TICKS; k += 1) {
          const now = FIRST_TICK + k * MINUTE + 30;
          hangs = k >= brokenSince;
          await collecting.collector.tick(now);
          lags.push(...(await lagsInSteps(collecting, good, now)));
        }
        expect(lags.filter(([, lag]) => lag > 0)).toEqual([]);
        const failing = collecting.collector.log.failing().map(({ slo }) => slo);
        expect(failing).toEqual([sloId(broken)]);
        const last = FIRST_TICK + (TICKS - 1) * MINUTE + 30;
        const [behind] = await lagsInSteps(collecting, [broken], last);
        expect(behind?.[1]).toBeGreaterThan(0);
      } finally {
        await collecting.collector.release();
        await collecting.close();
      }
    },
    120_000,
  );
});

/** How many steps each is behind the last that is due; infinitely many before it has begun. */
async function lagsInSteps(
  collecting: Collecting,
  slos: readonly Slo[],
  now: number,
): Promise<readonly (readonly [string, number])[]> {
  const due = collecting.collector.dueEnd(now);
  return Promise.all(
    slos.map(async (slo) => {
      const streams = await collecting.streamsOf(slo);
      const lag = (due - Math.max(-Infinity, ...streams.map(({ newest }) => newest.at))) / MINUTE;
      return [sloId(slo), lag] as const;
    }),
  );
}

function counted(job: string): Slo {
  const total = `http_requests_total{job="${job}"}`;
  const selector = `http_requests_total{job="${job}",code="500"}`;
  return sloWith({ service: job, sli: { kind: 'ratio', total, part: { role: 'bad', selector } } });
}

function threshold(job: string): Slo {
  const query = `max(queue_length{job="${job}"})`;
  return sloWith({
    service: job,
    name: 'short-queue',
    sli: { kind: 'threshold', query, op: 'lte', value: 10, sliceSeconds: MINUTE },
  });
}

function estimated(job: string): Slo {
  const rate = (more: string) => `sum(rate(http_requests_total{job="${job}"${more}}[$window]))`;
  return sloWith({
    service: job,
    name: 'estimated',
    sli: {
      kind: 'query',
      counts: { role: 'errorRatio', ratio: `${rate(',code="500"')} / ${rate('')}` },
    },
  });
}

function families(): readonly MetricFamily[] {
  return [
    {
      name: 'http_requests',
      type: 'counter',
      series: JOBS.flatMap((job) => [
        series('http_requests_total', { job, code: '200' }, (_, k) => 60 * k),
        series('http_requests_total', { job, code: '500' }, (_, k) => k),
      ]),
    },
    ...[
      ['up', () => 1] as const,
      ['process_start_time_seconds', () => ORIGIN - HOUR] as const,
      ['queue_length', (_: number, k: number) => k % 20] as const,
    ].map(([name, valueOf]): MetricFamily => {
      return { name, type: 'gauge', series: JOBS.map((job) => series(name, { job }, valueOf)) };
    }),
  ];
}

function series(
  name: string,
  labels: Readonly<Record<string, string>>,
  valueOf: (at: number, index: number) => number,
): SampledSeries {
  const samples = [...everyStep(ORIGIN, FIRST_TICK + TICKS * MINUTE, MINUTE, valueOf)];
  return { name, labels: { ...labels, instance: `${labels['job'] ?? ''}:80` }, samples };
}
