import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standingAt, timeLine } from '../support/accelerated-clock';
import { startPrometheusWithHistory } from '../support/history';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import type { RunningPrometheus } from '../support/prometheus';
import { type RunningService, runDelivered, startService } from '../support/service';
import { eventually } from '../support/service-ledger';
import { DAY, END, HOUR, history, SCRAPE } from './composite-history';

jest.setTimeout(240_000);

const SPEED = 90;
const BEGIN = END - HOUR / 2;

const SLOS = `apiVersion: slowburn/v1
service: shop
slos:
  - name: errors
    objective: 99%
    window: 14d
    sli:
      ratio:
        total: http_requests_total{job="shop"}
        bad: http_requests_total{job="shop",status="500"}
  - name: payments
    objective: 99.9%
    window: 14d
    sli:
      ratio: { total: 'payments_total{job="shop"}', bad: 'payments_total{job="shop",status="failed"}' }
  - name: checkout
    objective: 95%
    window: 14d
    dependsOn:
      method: all
      of: [{ slo: errors }, { slo: payments }]
`;
const JOURNEY = `apiVersion: slowburn/v1
service: journeys
slos:
  - name: buying
    objective: 95%
    window: 14d
    dependsOn:
      method: weighted
      of: [{ slo: shop/errors, weight: 1 }, { slo: shop/payments, weight: 3 }]
`;

interface HistoryPoint {
  readonly t: string;
  readonly good: number;
  readonly total: number;
  readonly sli: number | null;
  readonly burnRate: number | null;
  readonly coverage: number;
}

interface Budget {
  readonly at: string;
  readonly events: { readonly good: number; readonly bad: number; readonly total: number };
  readonly budget: { readonly remainingRatio: number | null };
  readonly coverage: { readonly ratio: number };
  readonly status: string;
  readonly reason: string | null;
}

interface Burns {
  readonly windows: Readonly<Record<string, { readonly burnRate: number | null }>>;
}

describe('a composite in the whole service', () => {
  let postgres: PostgresServer;
  let prometheus: RunningPrometheus;
  let service: RunningService;
  let home: string;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'slowburn-composite-'));
    [postgres, prometheus] = await Promise.all([
      startPostgres(),
      startPrometheusWithHistory(history()),
    ]);
    await writeFile(join(home, 'shop.yaml'), SLOS);
    await writeFile(join(home, 'journeys.yaml'), JOURNEY);
    env = {
      DATABASE_URL: await freshDatabase(postgres),
      PROMETHEUS_URL: prometheus.url,
      SCRAPE_INTERVAL: `${SCRAPE}s`,
      SLO_DIR: home,
      QUERY_DELAY: '30s',
      EVALUATION_INTERVAL: '60s',
    };
    service = await startService({ env, timeLine: standingAt(BEGIN + 45, SPEED) });
    for (const part of ['errors', 'payments']) {
      await eventually(
        `the history of ${part} is read`,
        () => service.json<Left>(`/api/v1/collection/backfill/shop/${part}`).catch(() => null),
        (left) => left?.steps === 0,
      );
    }
    await service.follow(timeLine(BEGIN + 45, SPEED, END + 45));
    await settled();
  });

  afterAll(async () => {
    await service.stop();
    await prometheus.dispose();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  });

  interface Left {
    readonly steps: number;
  }

  const slo = (id: string, what: string) => service.json<unknown>(`/api/v1/slos/${id}/${what}`);
  const budgetOf = async (id: string) => (await slo(id, 'budget')) as Budget;

  /** The board has the last step, as answers have that are made for whoever asks. */
  async function settled(): Promise<void> {
    for (const id of ['shop/checkout', 'journeys/buying']) {
      await eventually(
        `the last step of ${id} is told`,
        async () => {
          // While it starts, it may not answer yet.
          const { at, budget } = await budgetOf(id).catch(() => ({ at: null, budget: null }));
          return { at, asked: budget?.remainingRatio, told: remainingOf(id, await metrics()) };
        },
        ({ at, asked, told }) => at === iso(END) && asked === told,
      );
    }
  }

  function remainingOf(id: string, page: string): number {
    return valueOf(id, page, 'slo_error_budget_remaining_ratio');
  }

  function valueOf(id: string, page: string, name: string, label = ''): number {
    const slo = `slo="${id.split('/')[1] ?? ''}"`;
    const rows = page.split('\n').filter((row) => row.startsWith(`${name}{`));
    const own = rows.filter((row) => row.includes(slo) && row.includes(label));
    return own.length === 1 ? Number(own[0]?.split(' ')[1]) : NaN;
  }

  async function metrics(): Promise<string> {
    return (await service.get('/metrics')).text();
  }

  async function historyOf(id: string, from: number): Promise<readonly HistoryPoint[]> {
    const span = `from=${iso(from)}&to=${iso(END)}&step=5m`;
    const { points } = (await slo(id, `history?${span}`)) as { points: readonly HistoryPoint[] };
    return points;
  }

  /** Slices as their two parts' own histories say. */
  async function byHand(from: number) {
    const [errors, payments] = await Promise.all([
      historyOf('shop/errors', from),
      historyOf('shop/payments', from),
    ]);
    return errors.map(({ t, sli, coverage }, k) => {
      const other = payments[k];
      const [first, second] = [sli ?? 1, other?.sli ?? 1];
      return {
        t,
        seen: coverage > 0 && (other?.coverage ?? 0) > 0,
        all: first >= 0.99 && second >= 0.999 ? 1 : 0,
        weighted: (first + 3 * second) / 4,
      };
    });
  }

  it.each([
    ['shop/checkout', 'all'],
    ['journeys/buying', 'weighted'],
  ] as const)('tells %s from the history of its parts', async (id, method) => {
    const slices = (await byHand(END - 14 * DAY)).filter(({ seen }) => seen);
    expect(slices).toHaveLength(14 * 288);
    const bad = slices.reduce((sum, slice) => sum + 1 - slice[method], 0);
    expect(bad).toBeGreaterThan(10);

    const { events, budget, coverage, reason } = await budgetOf(id);
    expect(events.total).toBe(slices.length);
    expect(events.bad).toBeCloseTo(bad, 4);
    expect(budget.remainingRatio).toBeCloseTo(1 - bad / (0.05 * slices.length), 6);
    expect([coverage.ratio, reason]).toEqual([1, null]);

    const { windows } = (await slo(id, 'burn-rates')) as Burns;
    for (const [window, seconds] of [
      ['5m', 300],
      ['1h', HOUR],
      ['6h', 6 * HOUR],
      ['3d', 3 * DAY],
    ] as const) {
      const last = slices.slice(-seconds / 300);
      const spent = last.reduce((sum, slice) => sum + 1 - slice[method], 0) / last.length;
      expect([window, windows[window]?.burnRate]).toEqual([
        window,
        expect.closeTo(spent / 0.05, 6) as number,
      ]);
    }

    const told = await historyOf(id, END - 3 * DAY);
    const expected = slices.slice(-told.length);
    expect(told.map(({ t }) => t)).toEqual(expected.map(({ t }) => t));
    expect(told.map(({ sli }) => sli)).toEqual(
      expected.map((slice) => expect.closeTo(slice[method], 6) as number),
    );

    const page = await metrics();
    expect(remainingOf(id, page)).toBe(budget.remainingRatio);
    expect(valueOf(id, page, 'slo_burn_rate', 'window="1h"')).toBe(windows['1h']?.burnRate);
    expect(valueOf(id, page, 'slo_coverage_ratio')).toBe(1);
  });

  it('pages when its last slices are bad', async () => {
    const { status } = await budgetOf('shop/checkout');
    const { alerts } = (await slo('shop/checkout', 'burn-rates')) as {
      readonly alerts: readonly { readonly firing: boolean; readonly long: string }[];
    };
    expect(status).toBe('critical');
    expect(alerts.filter(({ firing }) => firing).map(({ long }) => long)).toContain('30m');
  });

  it('tells the same after kill -9, to the last digit', async () => {
    const told = async () => {
      const answers = [];
      for (const id of ['shop/checkout', 'journeys/buying']) {
        for (const what of ['budget', 'burn-rates', `history?step=1h`])
          answers.push(await slo(id, what));
      }
      const counters = (await metrics())
        .split('\n')
        .filter((row) => /^slo_(good_)?events_total/.test(row));
      return { answers, counters };
    };
    const before = await told();
    await service.kill();
    service = await startService({ env, timeLine: standingAt(END + 45, SPEED) });
    await settled();
    expect(await told()).toEqual(before);
  });

  it('refuses one whose parts do not fit, over the API and in a file', async () => {
    const put = async (of: object) => {
      const answer = await fetch(`${service.url}/api/v1/definitions/journeys/new`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ objective: '99%', window: '14d', dependsOn: { method: 'all', of } }),
      });
      return [answer.status, ((await answer.json()) as { detail?: string }).detail];
    };
    expect(await put([{ slo: 'shop/payment' }])).toEqual([
      422,
      expect.stringContaining(
        'journeys/new: dependsOn.of[0] is "shop/payment", which is not defined (did you mean "shop/payments"?)',
      ),
    ]);
    expect((await put([{ slo: 'shop/payments' }]))[0]).toBe(201);
    const other = join(home, 'other.yaml');
    await writeFile(other, JOURNEY.replace('window: 14d', 'window: 7d').replace('buying', 'other'));
    const { code, stdout } = await runDelivered({}, 'cli/main.js', ['validate', home]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'journeys/other: dependsOn.of[0] is shop/errors with the window 14d, allowed: the window of the composite, 7d',
    );
    await rm(other);
  });
});

function iso(at: number): string {
  return new Date(at * 1000).toISOString().replace('.000Z', 'Z');
}
