import { Logger } from '@nestjs/common';
import { BackfillRequests } from '../../src/collection/backfill-requests';
import type { Slo } from '../../src/domain/slo';
import type { Stream } from '../../src/ledger/stream';
import { PostgresAuditTrail } from '../../src/postgres/postgres-audit-trail';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { Collecting } from '../support/collecting';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import { migratedDatabase } from '../support/ledger-database';
import type { MetricFamily, Sample, SampledSeries } from '../support/openmetrics';
import { type PostgresServer, startPostgres } from '../support/postgres';
import type { RunningPrometheus } from '../support/prometheus';
import { slo } from '../support/slo';

jest.setTimeout(240_000);

const DAY = 86_400;
const SCRAPE = 60;
const RETENTION = 400 * DAY;
const TARGET = { job: 'api', instance: 'a:80' };
const BY = { id: 'token:boss', role: 'admin', requestId: 'r-1', address: '203.0.113.7' } as const;

const NOW = Math.floor(Date.now() / 1000 / 300) * 300 + 30;
const END = NOW - 30;
const daysAgo = (days: number) => END - days * DAY;
const iso = (at: number) => new Date(at * 1000).toISOString();

/** A life of a counter: it rises by so much a minute from zero. */
interface Life {
  readonly endpoint: string;
  readonly status: string;
  readonly from: number;
  readonly to: number;
  readonly perMinute: number;
}

const LIVES: readonly Life[] = [
  { endpoint: '/cars', status: '200', from: daysAgo(70), to: END, perMinute: 10 },
  { endpoint: '/cars', status: '500', from: daysAgo(70), to: END, perMinute: 1 },
  { endpoint: '/gone', status: '200', from: daysAgo(65), to: daysAgo(50), perMinute: 3 },
  { endpoint: '/back', status: '500', from: daysAgo(60), to: daysAgo(55), perMinute: 2 },
  { endpoint: '/back', status: '200', from: daysAgo(20), to: END, perMinute: 4 },
  // Begins between two places of the five-minute grid.
  { endpoint: '/new', status: '500', from: daysAgo(58), to: daysAgo(57), perMinute: 5 },
  { endpoint: '/new', status: '200', from: END - 3_480, to: END, perMinute: 6 },
];

function* families(lives: readonly Life[], from: number): Generator<MetricFamily> {
  const up = { name: 'up', labels: TARGET, samples: everyStep(from, END, SCRAPE, () => 1) };
  yield { name: 'up', type: 'gauge', series: [up] };
  yield { name: 'http_requests', type: 'counter', series: lives.map(seriesOf) };
}

function seriesOf({ endpoint, status, from, to, perMinute }: Life): SampledSeries {
  const samples: Iterable<Sample> = everyStep(from, to, SCRAPE, (_, index) => index * perMinute);
  return { name: 'http_requests_total', labels: { ...TARGET, endpoint, status }, samples };
}

/** Total and bad events of (from, to], by what the lives were made of. */
function truth(from: number, to: number, endpoint: string | null = null) {
  const events = (wanted: (life: Life) => boolean) =>
    LIVES.filter((life) => endpoint === null || life.endpoint === endpoint)
      .filter(wanted)
      .map((life) => {
        const span = Math.min(to, life.to) - Math.max(from, life.from);
        return (Math.max(0, span) / SCRAPE) * life.perMinute;
      })
      .reduce((sum, each) => sum + each, 0);
  return { total: events(() => true), bad: events(({ status }) => status === '500') };
}

describe('history that is asked for beyond the window', () => {
  const errors = slo();
  const grouped = slo({ name: 'by-endpoint', groupBy: ['endpoint'] });
  let postgres: PostgresServer;
  let prometheus: RunningPrometheus;
  let database: string;
  let collecting: Collecting;

  beforeAll(async () => {
    Logger.overrideLogger(['error', 'warn']);
    [postgres, prometheus] = await Promise.all([
      startPostgres(),
      startPrometheusWithHistory(families(LIVES, daysAgo(70))),
    ]);
    database = await migratedDatabase(postgres);
    collecting = started(prometheus.url);
    await collecting.tickAt(NOW);
    await collecting.backfillAt(NOW);
  });

  afterAll(async () => {
    await collecting.close();
    await prometheus.dispose();
    await postgres.stop();
  });

  function started(url: string): Collecting {
    return new Collecting(database, url, [errors, grouped], SCRAPE);
  }

  /** Another process on the same database, which reads what is left. */
  async function restart(): Promise<void> {
    await collecting.collector.release();
    await collecting.close();
    collecting = started(prometheus.url);
    await collecting.tickAt(NOW);
  }

  function requests(of = collecting): BackfillRequests {
    const { registry, ledger, wanted } = of;
    return new BackfillRequests(registry, ledger, wanted, {
      now: () => NOW,
      retentionSeconds: RETENTION,
    });
  }

  async function seen(of: Slo, from: number, to: number, endpoint: string | null = null) {
    const streams = (await collecting.streamsOf(of)).filter(
      ({ group }) => endpoint === null || group?.['endpoint'] === endpoint,
    );
    const [a, b] = await collecting.ledger.pointsAt(streams, [from, to]);
    const sum = (count: (stream: Stream) => bigint | undefined) =>
      Number(streams.reduce((all, stream) => all + (count(stream) ?? 0n), 0n));
    const events = (key: 'good' | 'total') =>
      sum(({ id }) => (b?.get(id)?.[key] ?? 0n) - (a?.get(id)?.[key] ?? 0n));
    return { total: events('total'), bad: events('total') - events('good') };
  }

  it('is not there before, and all of the window is', async () => {
    expect(await seen(errors, daysAgo(60), daysAgo(40))).toEqual({ total: 0, bad: 0 });
    expect(await seen(errors, daysAgo(30), END)).toEqual(truth(daysAgo(30), END));
    expect(await requests().of('api/errors')).toMatchObject({
      from: daysAgo(30),
      to: daysAgo(30),
      steps: 0,
      asked: null,
    });
  });

  it('is refused where it cannot be had, naming what can', async () => {
    const ask = (id: string, from: number) => requests().ask(id, iso(from), BY);
    await expect(ask('api/errors', NOW + 60)).rejects.toThrow(iso(NOW));
    await expect(ask('api/errors', NOW - 401 * DAY)).rejects.toThrow(/400d \(retention\.history\)/);
    await expect(ask('api/nothing', daysAgo(40))).rejects.toThrow(
      'there is no SLO api/nothing; the SLOs of api are: by-endpoint, errors',
    );
    expect(await collecting.wanted.all()).toEqual([]);
  });

  it('changes nothing where it is wanted anyway, and says so', async () => {
    const answer = await requests().ask('api/errors', iso(daysAgo(20)), BY);
    expect(answer).toMatchObject({ steps: 0, asked: null });
    expect(answer.reason).toContain(`wanted back to ${iso(daysAgo(30))} anyway`);
  });

  it('is read by another process, to the event, and counted in the progress', async () => {
    const asked = await requests().ask('api/errors', iso(daysAgo(68)), BY);
    expect(asked).toMatchObject({
      slo: 'api/errors',
      from: daysAgo(68),
      to: daysAgo(30),
      steps: 38 * 288,
      reason: null,
    });
    await restart();
    await collecting.backfiller.round(NOW, () => true);
    const { done, total } = collecting.backfiller.progress;
    // One SLO of 68 days, one of 30, of which 30 each are read.
    expect([Math.round(done / DAY), Math.round(total / DAY)]).toEqual([60, 98]);
    await collecting.backfillAt(NOW);
    expect((await requests().of('api/errors')).steps).toBe(0);
    for (const [from, to] of [
      [68, 60],
      [60, 30],
      [45, 44.5],
      [31, 29],
      [68, 0],
    ] as const) {
      const span = [daysAgo(from), daysAgo(to)] as const;
      expect([from, to, await seen(errors, ...span)]).toEqual([from, to, truth(...span)]);
    }
    const covered = await collecting.events(errors, daysAgo(68), END);
    expect(covered.coveredSeconds).toBe(68 * DAY);
  });

  it('is refused as known from then on, and goes on from there', async () => {
    const { reason } = await requests().ask('api/errors', iso(daysAgo(50)), BY);
    expect(reason).toContain('since token:boss asked for it at');
    expect(await requests().ask('api/errors', iso(daysAgo(69)), BY)).toMatchObject({
      to: daysAgo(68),
      steps: 288,
    });
  });

  it('has the groups that ended before the window, and the earlier lives of those in it', async () => {
    const endpoints = async () =>
      (await collecting.streamsOf(grouped)).map(({ group }) => group?.['endpoint']).sort();
    expect(await endpoints()).toEqual(['/back', '/cars', '/new']);
    await requests().ask('api/by-endpoint', iso(daysAgo(68)), BY);
    await restart();
    // By then the youngest hours are read by five minutes, too.
    await collecting.backfillAt(NOW + 6 * 3_600);
    expect(await endpoints()).toEqual(['/back', '/cars', '/gone', '/new']);
    expect((await requests().of('api/by-endpoint')).steps).toBe(0);
    for (const endpoint of ['/cars', '/gone', '/back', '/new', null]) {
      for (const [from, to] of [
        [68, 0],
        [61, 54],
        [52, 25],
        [30, 0],
      ] as const) {
        const span = [daysAgo(from), daysAgo(to), endpoint] as const;
        const told = [endpoint, from, to, await seen(grouped, ...span)];
        expect(told).toEqual([endpoint, from, to, truth(...span)]);
      }
    }
  });

  it('is in the audit once for each request that changed something', async () => {
    const pool = openPool(database, () => undefined);
    const trail = new PostgresAuditTrail(new Database(pool));
    const entries = await trail.entries({ action: 'backfill' }, null, 10);
    await pool.end();
    expect(entries.map(({ subject, before, after }) => ({ subject, before, after }))).toMatchObject(
      [
        { subject: 'api/by-endpoint', before: null, after: { from: iso(daysAgo(68)) } },
        {
          subject: 'api/errors',
          before: { from: iso(daysAgo(68)) },
          after: { from: iso(daysAgo(69)) },
        },
        { subject: 'api/errors', before: null, after: { from: iso(daysAgo(68)) } },
      ],
    );
    expect(entries[0]).toMatchObject({
      actor: 'token:boss',
      requestId: 'r-1',
      address: '203.0.113.7',
    });
  });

  it('does not keep a window that grows past the beginning of a group from being read', async () => {
    const url = await migratedDatabase(postgres);
    const grown = { ...grouped, window: { kind: 'rolling', seconds: 62 * DAY } } as const;
    const month = new Collecting(url, prometheus.url, [grouped], SCRAPE);
    await month.tickAt(NOW);
    await month.backfillAt(NOW);
    await month.collector.release();
    await month.close();
    const own = new Collecting(url, prometheus.url, [grown], SCRAPE);
    try {
      await own.tickAt(NOW);
      await own.backfillAt(NOW);
      expect(await requests(own).of('api/by-endpoint')).toMatchObject({
        from: daysAgo(62),
        steps: 0,
      });
    } finally {
      await own.close();
    }
  });

  it('is missing where the source has none, never free of errors', async () => {
    const young = await startPrometheusWithHistory(
      families(
        LIVES.slice(0, 2).map((life) => ({ ...life, from: daysAgo(15) })),
        daysAgo(15),
      ),
    );
    const url = await migratedDatabase(postgres);
    const own = new Collecting(url, young.url, [errors], SCRAPE);
    try {
      await own.tickAt(NOW);
      await own.backfillAt(NOW);
      await requests(own).ask('api/errors', iso(daysAgo(40)), BY);
      await own.backfillAt(NOW);
      expect((await requests(own).of('api/errors')).steps).toBe(0);
      const before = await own.events(errors, daysAgo(40), daysAgo(16));
      expect(before).toEqual({ good: 0n, total: 0n, coveredSeconds: 0 });
      const after = await own.events(errors, daysAgo(14), END);
      expect(after.coveredSeconds).toBe(14 * DAY);
    } finally {
      await own.close();
      await young.dispose();
    }
  });
});
