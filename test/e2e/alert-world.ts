import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standingAt } from '../support/accelerated-clock';
import { type RunningAlertmanager, startAlertmanager } from '../support/alertmanager';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import { type Hooked, HookServer } from '../support/hook-server';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import type { RunningPrometheus } from '../support/prometheus';
import { type RunningService, startService } from '../support/service';
import { eventually, ServiceLedger } from '../support/service-ledger';
import { openTimeRoad, type TimeRoad } from '../support/time-road';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const SCRAPE = 30;
/** Four ticks a second. */
const SPEED = 240;
export const QUERY_DELAY = 30;

/** A Tuesday noon. The clock stands still, and goes on by whole minutes when the test says so. */
export const T0 = Date.UTC(2026, 2, 10, 12) / 1000;
const INCIDENT_BEGINS = T0 + 2 * MINUTE;
const INCIDENT_ENDS = INCIDENT_BEGINS + 8 * MINUTE;
const LATEST = T0 + HOUR;

/**
 * A fifth of the requests fail, against 0.1 % that may: burn 200. The long window of the fast page
 * is above 14.4 once 20 % x t / 60 min > 1.44 %, t > 4.32 min: at the end of the fifth minute.
 */
export const FIRES_AT = INCIDENT_BEGINS + 5 * MINUTE;
/** The short window holds the last bad minute for five: with none in it, it is over. */
export const RESOLVES_AT = INCIDENT_ENDS + 5 * MINUTE;

const SLOS = `apiVersion: slowburn/v1
service: shop
team: checkout
slos:
  - name: requests
    objective: 99.9%
    window: 30d
    groupBy: [endpoint]
    sli: { ratio: { total: 'http_requests_total{job="shop"}', bad: 'http_requests_total{job="shop",status="500"}' } }
    alerting:
      runbook: https://runbooks.example/errors
      labels: { channel: "#ops-alerts" }
      page: { severity: P0 }
      exhausted: { disabled: true }
`;

const ALERTMANAGER = (hook: string) => `
route: { receiver: hook, group_by: [alertname, service, slo], group_wait: 50ms, group_interval: 50ms, repeat_interval: 1h }
receivers: [{ name: hook, webhook_configs: [{ url: '${hook}', send_resolved: true }] }]
`;

/** One Prometheus with an incident in its history, and one Postgres. */
export interface AlertWorld {
  /** Receivers and a database of its own. */
  scene(): Promise<AlertScene>;
  dispose(): Promise<void>;
}

export async function openAlertWorld(): Promise<AlertWorld> {
  const [postgres, prometheus, home] = await Promise.all([
    startPostgres(),
    startPrometheusWithHistory(history()),
    mkdtemp(join(tmpdir(), 'slowburn-alerts-')),
  ]);
  await writeFile(join(home, 'key'), HOOK_KEY);
  const scenes: AlertScene[] = [];
  return {
    scene: async () => {
      const scene = await AlertScene.open(postgres, prometheus, home);
      scenes.push(scene);
      return scene;
    },
    dispose: async () => {
      for (const scene of scenes) await scene.close();
      await prometheus.dispose();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const HOOK_KEY = 'a key of sixteen or more';

/** An Alertmanager that tells a hook, a webhook of our own, and services on one database. */
export class AlertScene {
  private at = T0;
  private services: RunningService[] = [];
  private closed = false;

  private constructor(
    readonly alertmanager: RunningAlertmanager,
    /** Told by Alertmanager. */
    readonly behind: HookServer,
    /** Told by us. */
    readonly own: HookServer,
    private readonly road: TimeRoad,
    private readonly ledger: ServiceLedger,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async open(
    postgres: PostgresServer,
    prometheus: RunningPrometheus,
    home: string,
  ): Promise<AlertScene> {
    const [behind, own] = [await new HookServer().open(), await new HookServer().open()];
    const alertmanager = await startAlertmanager(ALERTMANAGER(behind.url));
    const road = await openTimeRoad(alertmanager.url, LATEST);
    const sloDir = await mkdtemp(join(home, 'slos-'));
    await writeFile(join(sloDir, 'shop.yaml'), SLOS);
    const config = join(sloDir, '..', `slowburn-${own.port}.yaml`);
    const hook = `{ name: own, url: '${own.url}', secretFile: key, allowPrivateAddresses: true }`;
    await writeFile(config, `webhooks: [${hook}]\n`);
    const url = await freshDatabase(postgres);
    return new AlertScene(alertmanager, behind, own, road, new ServiceLedger(url), {
      DATABASE_URL: url,
      PROMETHEUS_URL: prometheus.url,
      SCRAPE_INTERVAL: `${SCRAPE}s`,
      SLO_DIR: sloDir,
      SLOWBURN_CONFIG: config,
      ALERTMANAGER_URL: road.url,
      EXTERNAL_URL: 'https://slo.example',
    });
  }

  /** A service whose clock stands where the scene's does. */
  async start(): Promise<RunningService> {
    const service = await startService({ env: this.env, timeLine: standingAt(this.at, SPEED) });
    this.services.push(service);
    await eventually(
      'the history is read',
      () => this.ledger.streams(),
      (streams) =>
        streams.length === 2 && streams.every(({ backfilledTo }) => backfilledTo < T0 - 29 * DAY),
    );
    return service;
  }

  async kill(service: RunningService): Promise<void> {
    this.services = this.services.filter((each) => each !== service);
    await service.kill();
  }

  /**
   * Sets every clock to where the step that ends at an instant has just become due, minute by minute,
   * each of which is judged before the next begins.
   */
  async goTo(end: number): Promise<void> {
    for (let minute = this.minute() + MINUTE; minute <= end; minute += MINUTE) {
      await this.stand(minute + QUERY_DELAY);
      await this.judged(minute);
    }
  }

  /** Lets the clock jump: what lies between is judged by nobody. */
  async stand(at: number): Promise<void> {
    this.at = at;
    this.road.stand(at);
    for (const service of this.services) await service.follow(standingAt(at, SPEED));
  }

  /** Until the alerts of an instant are judged. */
  async judged(minute: number): Promise<void> {
    await eventually(
      `${new Date(minute * 1000).toISOString()} is judged`,
      () => this.judgedTo(),
      (judgedTo) => judgedTo >= minute,
    );
  }

  private async judgedTo(): Promise<number> {
    const rows = await this.ledger
      .rows<[number]>('select extract(epoch from judged_to)::float8 from alert_judgement')
      // Before the schema is there.
      .catch(() => []);
    return rows[0]?.[0] ?? 0;
  }

  /** Requests that Alertmanager was sent. */
  sent(): number {
    return this.road.count();
  }

  /** Goes on like `goTo` until Alertmanager was told again what it knows. */
  async tellAgain(end: number): Promise<void> {
    const before = this.sent();
    await this.goTo(end);
    await eventually(
      'Alertmanager is told again',
      () => this.sent(),
      (count) => count > before,
    );
  }

  async close(): Promise<void> {
    for (const service of this.services.splice(0)) await service.kill();
    if (this.closed) return;
    this.closed = true;
    await this.road.close();
    await this.alertmanager.dispose();
    await this.behind.close();
    await this.own.close();
    await this.ledger.close();
  }

  private minute(): number {
    return Math.floor((this.at - QUERY_DELAY) / MINUTE) * MINUTE;
  }
}

/** What a hook has been told, in few words and in order. */
export function told(hook: HookServer): readonly string[] {
  return hook.taken.flatMap(inWords);
}

/** The same without what came again under an id that it has seen. */
export function news(hook: HookServer): readonly string[] {
  const byId = new Map(
    hook.taken.map((hooked) => [hooked.headers['x-slowburn-delivery'], hooked] as const),
  );
  return [...byId.values()].flatMap(inWords);
}

function inWords({ message }: Hooked): readonly string[] {
  return message.alerts.map(
    ({ status, labels }) =>
      `${status} ${labels['alertname'] ?? ''} ${labels['severity'] ?? ''} ${labels['endpoint'] ?? ''}`,
  );
}

/** Eight hours and what is to come; of two endpoints one fails for eight minutes. */
function* history(): Generator<MetricFamily> {
  const from = T0 - 8 * HOUR;
  const failing = (at: number) =>
    Math.max(0, Math.min(at, INCIDENT_ENDS) - INCIDENT_BEGINS) / MINUTE;
  const labels = { job: 'shop', instance: 'shop-1:8000' };
  const counter = (
    endpoint: string,
    status: string,
    valueAt: (minutes: number, at: number) => number,
  ): SampledSeries => ({
    name: 'http_requests_total',
    labels: { ...labels, endpoint, status },
    samples: everyStep(from, LATEST, SCRAPE, (at) => valueAt((at - from) / MINUTE, at)),
  });
  yield {
    name: 'up',
    type: 'gauge',
    series: [{ name: 'up', labels, samples: everyStep(from, LATEST, SCRAPE, () => 1) }],
  };
  yield {
    name: 'http_requests',
    type: 'counter',
    series: [
      counter('/cart', '200', (minutes) => 1000 * minutes),
      counter('/cart', '500', () => 0),
      counter('/pay', '200', (minutes, at) => 1000 * minutes - 200 * failing(at)),
      counter('/pay', '500', (_, at) => 200 * failing(at)),
    ],
  };
}
