import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/server-process';
import { standingAt } from '../support/accelerated-clock';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import { TestMailServer } from '../support/mail-server';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import type { RunningPrometheus } from '../support/prometheus';
import { type RunningService, runDelivered, startService } from '../support/service';
import { eventually, ServiceLedger } from '../support/service-ledger';

jest.setTimeout(240_000);

const DAY = 86_400;
const SCRAPE = 60;
/** The third of March: February has 28 days and is over. */
const NOW = Date.UTC(2026, 2, 3, 12) / 1000;
const BEGAN = NOW - 29 * DAY;
/** A fifth of the requests fail for an hour. */
const INCIDENT = Date.UTC(2026, 1, 20, 10) / 1000;
const SPEED = 240;
const RATIO = {
  total: 'http_requests_total{job="shop"}',
  bad: 'http_requests_total{job="shop",status="500"}',
};
const MONTH = '/api/v1/reports/monthly/2026-02';

interface ReportBody {
  readonly hash: string | null;
  readonly slos: readonly {
    readonly slo: string;
    readonly events: { readonly bad: number; readonly total: number };
  }[];
}

describe('the reports of the whole service', () => {
  let postgres: PostgresServer;
  let prometheus: RunningPrometheus;
  let mail: TestMailServer;
  let home: string;
  let ledger: ServiceLedger;
  let env: Readonly<Record<string, string>>;
  let service: RunningService;

  const start = async (): Promise<RunningService> => {
    const started = await startService({ env, timeLine: standingAt(NOW, SPEED) });
    await eventually(
      'the service is ready',
      async () => (await started.get('/health/ready')).status,
      (status) => status === 200,
    );
    return started;
  };

  beforeAll(async () => {
    [postgres, prometheus, home] = await Promise.all([
      startPostgres(),
      startPrometheusWithHistory(history()),
      mkdtemp(join(tmpdir(), 'slowburn-reports-')),
    ]);
    mail = await new TestMailServer().open();
    await mkdir(join(home, 'reports'));
    await mkdir(join(home, 'slos'));
    await writeFile(join(home, 'slowburn.yaml'), configuration(mail.port));
    const url = await freshDatabase(postgres);
    ledger = new ServiceLedger(url);
    env = {
      ...{ DATABASE_URL: url, PROMETHEUS_URL: prometheus.url, SCRAPE_INTERVAL: `${SCRAPE}s` },
      ...{ SLO_DIR: join(home, 'slos'), SLOWBURN_CONFIG: join(home, 'slowburn.yaml') },
      // The same name, by which it goes on with what it held.
      PORT: String(await freePort()),
    };
    service = await start();
  });
  afterAll(async () => {
    await service.stop();
    await ledger.close();
    await mail.close();
    await prometheus.dispose();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  });

  const send = async (method: string, path: string, body: object): Promise<[number, unknown]> => {
    const answer = await fetch(service.url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [answer.status, await answer.json()];
  };
  const slosOf = async (query = '') => {
    const { slos } = await service.json<ReportBody>(`${MONTH}${query}`);
    return slos.map(({ slo, events }) => `${slo} ${events.bad}/${events.total}`);
  };
  const slowburn = (...args: readonly string[]) =>
    runDelivered({}, 'cli/main.js', [...args, '--url', service.url]);
  const files = () => readdir(join(home, 'reports', '2026-02')).catch(() => []);

  it('are closed by hand and delivered; a process that dies on the way sends the same mail again', async () => {
    expect((await send('PUT', '/api/v1/definitions/shop/errors', slo()))[0]).toBe(201);
    await eventually(
      'the history is read',
      () => ledger.streams(),
      ([stream]) => stream !== undefined && stream.backfilledTo <= BEGAN + DAY,
    );
    mail.beforeTaken = () => service.kill();
    await send('POST', `${MONTH}/revisions`, { reason: 'wanted now' }).catch(() => undefined);
    await eventually(
      'a mail has come',
      () => Promise.resolve(mail.received.length),
      (n) => n === 1,
    );
    mail.beforeTaken = () => Promise.resolve();
    service = await start();
    await eventually(
      'it came again',
      () => Promise.resolve(mail.received.length),
      (n) => n === 2,
    );
    const [first, second] = mail.received;
    expect(second?.email.messageId).toBe(first?.email.messageId);
    expect(second?.email.subject).toBe('Relatório de disponibilidade · fevereiro de 2026 · shop');
    await eventually('the files are there', files, (names) => names.length === 2);
    const { items } = await service.json<{ items: readonly { deliveries: readonly object[] }[] }>(
      '/api/v1/reports',
    );
    await eventually(
      'all is noted',
      () =>
        service.json<{ items: readonly { deliveries: readonly { state: string }[] }[] }>(
          '/api/v1/reports',
        ),
      (list) => list.items[0]?.deliveries.every(({ state }) => state === 'delivered') === true,
    );
    expect(items).toHaveLength(1);
  });

  it('carry the notes, and are verified from the command line', async () => {
    const [html = ''] = (await files()).filter((name) => name.endsWith('.html'));
    expect(await readFile(join(home, 'reports', '2026-02', html), 'utf8')).toContain('Shop Ltd');
    const verified = await slowburn('report', '--verify');
    expect(verified).toMatchObject({
      code: 0,
      stdout: 'All 1 closed reports are as they were closed.\n',
    });
    const listed = await slowburn('report', '--list');
    expect(listed.stdout).toMatch(
      /^MONTH .*\n2026-02 +UTC +1 .* archive delivered, customer delivered\n$/,
    );
  });

  it('stay as they are when time is excluded afterwards; a correction says who, why and what', async () => {
    const before = await service.json<ReportBody>(MONTH);
    const [status] = await send('POST', '/api/v1/exclusions', {
      ...{ slo: 'shop/errors', reason: 'provider outage', author: 'ana' },
      from: new Date(INCIDENT * 1000).toISOString(),
      to: new Date((INCIDENT + 3_600) * 1000).toISOString(),
    });
    expect(status).toBe(201);
    expect(await service.json<ReportBody>(MONTH)).toEqual(before);
    const [, revised] = await send('POST', `${MONTH}/revisions`, {
      reason: 'outage of the provider',
    });
    expect(revised).toMatchObject({
      revision: 2,
      author: 'anonymous',
      reason: 'outage of the provider',
    });
    const { changes } = await service.json<{ changes: readonly { field: string }[] }>(
      `${MONTH}/differences`,
    );
    expect(changes.map(({ field }) => field)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/\.events\.bad$/),
        expect.stringMatching(/exclusions/),
      ]),
    );
    const first = await service.json<ReportBody>(`${MONTH}?revision=1`);
    expect(first).toEqual(before);
    expect(await service.json<object>('/api/v1/reports/verify')).toEqual({
      valid: true,
      checked: 2,
      fault: null,
    });
  });

  it('tell the month before a rename by the name of its time where it is closed, else by the new one', async () => {
    const open = '?timeZone=Atlantic/Azores';
    const [before = ''] = await slosOf(open);
    expect(before).toMatch(/^shop\/errors \d+\/\d+$/);
    expect((await send('DELETE', '/api/v1/definitions/shop/errors', {}))[0]).toBe(200);
    const renamed = { ...slo(), renamedFrom: 'errors' };
    const [status, body] = await send('PUT', '/api/v1/definitions/shop/failures', renamed);
    expect([status, body]).toMatchObject([201, {}]);
    const figures = before.split(' ')[1] ?? '';
    expect(await slosOf()).toEqual([expect.stringMatching(/^shop\/errors /)]);
    expect(await slosOf(open)).toEqual([`shop/failures ${figures}`]);
  });

  it('are found out where somebody changed one in the database', async () => {
    await ledger.rows(`alter table closed_report disable trigger closed_report_is_final`);
    await ledger.rows(
      `update closed_report set content = replace(content, '"bad":', '"bad":1') where revision = 1`,
    );
    const verified = await slowburn('report', '--verify');
    expect(verified.code).toBe(1);
    expect(verified.stdout).toBe(
      '2026-02 (UTC), revision 1: its content does not fit its hash. 0 before it are as they were closed.\n',
    );
    expect(await service.json<object>('/api/v1/reports/verify')).toMatchObject({
      ...{ valid: false, checked: 0 },
      fault: { month: '2026-02', revision: 1, reason: 'its content does not fit its hash' },
    });
  });
});

function slo() {
  return { objective: '99%', sli: { ratio: RATIO } };
}

function configuration(port: number): string {
  return `reports:
  notes: [{ title: Shop Ltd, text: Ask us. }]
  deliveries:
    - { name: archive, formats: [html, json], directory: reports }
    - name: customer
      formats: [html]
      languages: [pt]
      services: [shop]
      email: { host: 127.0.0.1, port: ${port}, encryption: none, from: a@example.com, to: [b@example.com] }
`;
}

/** A hundred requests a minute, of which one fails, and a fifth in the incident. */
function* history(): Generator<MetricFamily> {
  const labels = { job: 'shop', instance: 'shop-1:8000' };
  const failed = (at: number) =>
    (at - BEGAN) / 60 + (19 * Math.max(0, Math.min(at, INCIDENT + 3_600) - INCIDENT)) / 60;
  const counter = (status: string, valueAt: (at: number) => number): SampledSeries => ({
    name: 'http_requests_total',
    labels: { ...labels, status },
    samples: everyStep(BEGAN, NOW, SCRAPE, valueAt),
  });
  yield {
    name: 'up',
    type: 'gauge',
    series: [{ name: 'up', labels, samples: everyStep(BEGAN, NOW, SCRAPE, () => 1) }],
  };
  yield {
    name: 'http_requests',
    type: 'counter',
    series: [
      counter('200', (at) => (100 * (at - BEGAN)) / 60 - failed(at)),
      counter('500', failed),
    ],
  };
}
