import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import type { MetricFamily } from '../support/openmetrics';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import type { RunningPrometheus } from '../support/prometheus';
import { runDelivered, type RunningService, startService } from '../support/service';
import { eventually } from '../support/service-ledger';

jest.setTimeout(240_000);

const DAY = 86_400;
const SCRAPE = 60;
const NOW = Math.floor(Date.now() / 1000 / SCRAPE) * SCRAPE;
const LABELS = { job: 'api', instance: 'a:80' };

const SLOS = `apiVersion: slowburn/v1
service: api
slos:
  - name: errors
    objective: 99%
    window: 30d
    sli:
      ratio:
        total: http_requests_total{job="api"}
        bad: http_requests_total{job="api",status=~"5.."}
`;

/** 70 days of 10 requests a minute, of which one is bad until 45 days ago, and none since. */
function* history(): Generator<MetricFamily> {
  const from = NOW - 70 * DAY;
  const bad = (index: number) => Math.min(index, (25 * DAY) / SCRAPE);
  const counter = (status: string, value: (index: number) => number) => ({
    name: 'http_requests_total',
    labels: { ...LABELS, status },
    samples: everyStep(from, NOW, SCRAPE, (_, index) => value(index)),
  });
  const up = { name: 'up', labels: LABELS, samples: everyStep(from, NOW, SCRAPE, () => 1) };
  yield { name: 'up', type: 'gauge', series: [up] };
  yield {
    name: 'http_requests',
    type: 'counter',
    series: [counter('200', (index) => 10 * index - bad(index)), counter('500', bad)],
  };
}

interface Budget {
  readonly sli: number | null;
  readonly reason: string | null;
  readonly events: { readonly bad: number; readonly total: number };
  readonly coverage: { readonly ratio: number };
}

interface Left {
  readonly steps: number;
  readonly to: string;
  readonly from: string;
}

describe('slowburn backfill', () => {
  let postgres: PostgresServer;
  let prometheus: RunningPrometheus;
  let service: RunningService;
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'slowburn-backfill-'));
    [postgres, prometheus] = await Promise.all([
      startPostgres(),
      startPrometheusWithHistory(history()),
    ]);
    await writeFile(join(home, 'slos.yaml'), SLOS);
    service = await startService({
      env: {
        DATABASE_URL: await freshDatabase(postgres),
        PROMETHEUS_URL: prometheus.url,
        SCRAPE_INTERVAL: `${SCRAPE}s`,
        SLO_DIR: home,
        QUERY_DELAY: '1s',
        EVALUATION_INTERVAL: '10s',
      },
    });
    await eventually(
      'the window is read',
      () => service.json<Left>('/api/v1/collection/backfill/api/errors').catch(() => null),
      (left) => left?.steps === 0,
    );
  });

  afterAll(async () => {
    await service.stop();
    await prometheus.dispose();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  });

  const daysAgo = (days: number) => new Date((NOW - days * DAY) * 1000).toISOString();
  const budgetAt = (days: number) =>
    service.json<Budget>(`/api/v1/slos/api/errors/budget?at=${daysAgo(days)}`);
  const backfill = (...args: readonly string[]) =>
    runDelivered({ SLOWBURN_URL: service.url }, 'cli/main.js', ['backfill', ...args]);

  it('gives a budget of 60 days ago that was not known before', async () => {
    expect(await budgetAt(60)).toMatchObject({ sli: null, reason: expect.any(String) as string });
    const asked = await backfill('api/errors', '--from', daysAgo(69), '--wait');
    expect([asked.code, asked.stderr]).toEqual([0, '']);
    expect(asked.stdout).toMatch(/^api\/errors: It is read back to \S+\.\n$/);
    const { sli, events, coverage } = await budgetAt(60);
    expect(sli).toBeCloseTo(0.9, 9);
    expect(events.bad / events.total).toBeCloseTo(0.1, 9);
    // Nine of its thirty days.
    expect(coverage.ratio).toBeCloseTo(0.3, 2);
    const { events: later } = await budgetAt(20);
    expect(later.bad / later.total).toBeCloseTo((0.1 * 5) / 30, 3);
    expect(await service.json('/api/v1/collection')).toMatchObject({
      backfill: { done: expect.closeTo(69 * DAY, -4) as number },
    });
  });

  it('says so when there is nothing to do', async () => {
    const { code, stdout } = await backfill('api/errors', '--from', daysAgo(10));
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Nothing to do: .* since anonymous asked for it at .* read back to/),
    ]);
    const json = await backfill('api/errors', '--from', daysAgo(10), '--json', '--wait');
    expect(JSON.parse(json.stdout)).toMatchObject({
      slo: 'api/errors',
      steps: 0,
      asked: { by: 'anonymous' },
      reason: expect.stringContaining('anyway') as string,
    });
  });

  it.each([
    ['api/nothing', daysAgo(40), 'there is no SLO api/nothing'],
    ['api/errors', daysAgo(-1), 'an instant that has passed'],
    ['api/errors', daysAgo(500), 'history is kept for 400d'],
    ['api/errors', '2026-02-30', 'from is "2026-02-30T00:00:00Z"'],
  ])('is refused for %s from %s', async (slo, from, words) => {
    const refused = await backfill(slo, '--from', from);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(words);
    const json = await backfill(slo, '--from', from, '--json');
    expect([json.code, json.stderr]).toEqual([1, '']);
    expect(json.stdout).toContain('"detail"');
  });
});
