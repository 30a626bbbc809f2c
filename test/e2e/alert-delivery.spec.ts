import { alertmanagerBinary, describeWith } from '../support/alertmanager';
import { EventReader } from '../support/event-reader';
import { eventually } from '../support/service-ledger';
import type { HookServer } from '../support/hook-server';
import {
  type AlertScene,
  type AlertWorld,
  FIRES_AT,
  news,
  openAlertWorld,
  RESOLVES_AT,
  T0,
  told,
} from './alert-world';

jest.setTimeout(180_000);

const MINUTE = 60;
const PAGE = 'SLOErrorBudgetBurn P0 /pay';

/** Until a hook was told so many things. */
async function heard(hook: HookServer, count: number): Promise<readonly string[]> {
  return eventually(
    `${count} pieces of news`,
    () => told(hook),
    (news) => news.length >= count,
    30_000,
  );
}

/** The same without what was said again under its id. */
async function heardNews(hook: HookServer, count: number): Promise<readonly string[]> {
  return eventually(
    `${count} pieces of news`,
    () => news(hook),
    ({ length }) => length >= count,
    30_000,
  );
}

async function firing(scene: AlertScene) {
  return eventually(
    'Alertmanager has the page',
    () => scene.alertmanager.alerts(),
    (alerts) => alerts.length > 0,
    30_000,
  );
}

describeWith(
  alertmanagerBinary(),
  'Alertmanager',
  'ALERTMANAGER_BIN',
)('an incident', () => {
  let world: AlertWorld;
  let scene: AlertScene;

  beforeAll(async () => {
    world = await openAlertWorld();
  });
  afterAll(() => world.dispose());
  beforeEach(async () => {
    scene = await world.scene();
  });
  afterEach(() => scene.close());

  it('is told to open pages on every replica, whichever judged it, until the service stops', async () => {
    const services = [await scene.start(), await scene.start()];
    const open = async ({ url }: { readonly url: string }) => {
      const stream = await EventReader.open(`${url}/api/v1/events`);
      await stream.until('hello');
      return stream;
    };
    const streams = await Promise.all(services.map(open));
    // Of two replicas the one that judges first may not have the other's minute yet.
    await scene.goTo(FIRES_AT + 3 * MINUTE);
    for (const stream of streams) {
      expect((await stream.until('alerts')).data).toEqual({
        items: [
          expect.objectContaining({
            ...{ slo: 'shop/requests', group: { endpoint: '/pay' }, severity: 'P0' },
            ...{ state: 'firing', endedAt: null },
          }),
        ],
      });
      // A tick after it: the burn of /pay goes on rising until its budget is spent, that of /cart stays at nothing.
      expect((await stream.until('figures')).data).toMatchObject({
        rows: [
          {
            ...{ group: { endpoint: '/pay' }, firing: 1, paging: 1 },
            status: expect.stringMatching(/^(critical|exhausted)$/),
          },
        ],
      });
    }
    for (const [k, service] of services.entries()) {
      const [code] = await Promise.all([service.stop(), streams[k]?.end()]);
      expect(code).toBe(0);
    }
  });

  it('fires the fast page with the minute that theory says, and resolves it so', async () => {
    const service = await scene.start();
    await scene.goTo(FIRES_AT - MINUTE);
    expect(await service.json('/api/v1/alerts')).toEqual({ items: [], nextCursor: null });
    expect(await scene.alertmanager.alerts()).toEqual([]);

    // One tick after the step is due, which is one query delay after its end.
    await scene.goTo(FIRES_AT);
    const alerts = await firing(scene);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      labels: {
        alertname: 'SLOErrorBudgetBurn',
        service: 'shop',
        slo: 'requests',
        endpoint: '/pay',
        severity: 'P0',
        long: '1h',
        short: '5m',
        team: 'checkout',
        channel: '#ops-alerts',
      },
      annotations: {
        runbook_url: 'https://runbooks.example/errors',
        dashboard_url: 'https://slo.example/slos/shop/requests?label.endpoint=%2Fpay',
      },
      generatorURL: 'https://slo.example/slos/shop/requests?label.endpoint=%2Fpay',
    });
    expect(await heard(scene.own, 1)).toEqual([`firing ${PAGE}`]);
    expect(scene.own.taken[0]?.message.alerts[0]?.startsAt).toBe(
      new Date(FIRES_AT * 1000).toISOString(),
    );
    expect(await heard(scene.behind, 1)).toEqual([`firing ${PAGE}`]);

    await scene.goTo(RESOLVES_AT - MINUTE);
    expect(await scene.alertmanager.alerts()).toHaveLength(1);
    await scene.goTo(RESOLVES_AT);
    const both = [`firing ${PAGE}`, `resolved ${PAGE}`];
    expect(await heard(scene.behind, 2)).toEqual(both);
    expect(await heard(scene.own, 2)).toEqual(both);
    expect(scene.own.taken[1]?.message.alerts[0]?.endsAt).toBe(
      new Date(RESOLVES_AT * 1000).toISOString(),
    );
    const metrics = await (await service.get('/metrics')).text();
    expect(metrics).toMatch(
      /^slowburn_alerts_sent_total\{receiver="own",outcome="delivered"\} 2$/m,
    );
    expect(metrics).toMatch(/^slowburn_alert_receiver_up\{receiver="127\.0\.0\.1:\d+"\} 1$/m);
  });

  it('is told once by a service that is killed at every turn of it', async () => {
    let service = await scene.start();
    const dieAndReturn = async () => {
      await scene.kill(service);
      service = await scene.start();
    };
    await scene.goTo(FIRES_AT - MINUTE);
    await scene.kill(service);
    // It begins to fire while nobody looks.
    await scene.stand(FIRES_AT + MINUTE + 30);
    service = await scene.start();
    await scene.judged(FIRES_AT + MINUTE);
    await dieAndReturn();
    await firing(scene);
    await heard(scene.own, 1);
    await dieAndReturn();
    await scene.goTo(RESOLVES_AT - MINUTE);
    await scene.kill(service);
    // It is over while nobody looks.
    await scene.stand(RESOLVES_AT + MINUTE + 30);
    service = await scene.start();
    await scene.judged(RESOLVES_AT + MINUTE);
    await dieAndReturn();
    await heardNews(scene.own, 2);
    await heard(scene.behind, 2);
    await dieAndReturn();
    await scene.tellAgain(RESOLVES_AT + 3 * MINUTE);
    const both = [`firing ${PAGE}`, `resolved ${PAGE}`];
    expect(told(scene.behind)).toEqual(both);
    // Killed between being heard and noting so, it says it once more under the same id.
    expect(news(scene.own)).toEqual(both);
  });

  it('is told once by two replicas, of which one is killed', async () => {
    const [first] = await Promise.all([scene.start(), scene.start()]);
    // One replica may judge a minute that the other is still counting; then the next one fires.
    await scene.goTo(FIRES_AT + MINUTE);
    await heard(scene.own, 1);
    await heard(scene.behind, 1);
    await scene.goTo(FIRES_AT + 2 * MINUTE);
    await scene.kill(first);
    await scene.goTo(RESOLVES_AT + MINUTE);
    await heard(scene.own, 2);
    await heard(scene.behind, 2);
    await scene.tellAgain(RESOLVES_AT + 3 * MINUTE);
    const both = [`firing ${PAGE}`, `resolved ${PAGE}`];
    expect(told(scene.own)).toEqual(both);
    expect(told(scene.behind)).toEqual(both);
  });

  it('reaches receivers that were away when it began, and delays nobody else', async () => {
    await scene.start();
    await scene.goTo(FIRES_AT - MINUTE);
    await scene.alertmanager.stop();
    await scene.goTo(FIRES_AT);
    expect(await heard(scene.own, 1)).toEqual([`firing ${PAGE}`]);
    await scene.own.close();
    await scene.goTo(FIRES_AT + 2 * MINUTE);
    await scene.alertmanager.start();
    await firing(scene);
    expect(await heard(scene.behind, 1)).toEqual([`firing ${PAGE}`]);
    await scene.goTo(RESOLVES_AT);
    expect(await heard(scene.behind, 2)).toEqual([`firing ${PAGE}`, `resolved ${PAGE}`]);
    expect(told(scene.own)).toEqual([`firing ${PAGE}`]);
    await scene.own.open();
    // It may have been away before its first answer arrived, and hears that once more.
    expect(await heardNews(scene.own, 2)).toEqual([`firing ${PAGE}`, `resolved ${PAGE}`]);
  });

  it('of the past pages nobody when its history is read', async () => {
    await scene.stand(T0 + 30 * MINUTE);
    const service = await scene.start();
    await scene.judged(T0 + 29 * MINUTE);
    await eventually(
      'the incident is read',
      () => service.json<{ items: { group: object; events: { bad: number } }[] }>('/api/v1/slos'),
      ({ items }) => items.some(({ events }) => events.bad === 1600),
    );
    await scene.goTo(T0 + 33 * MINUTE);
    expect(told(scene.own)).toEqual([]);
    expect(told(scene.behind)).toEqual([]);
    expect(await scene.alertmanager.alerts()).toEqual([]);
    expect(await service.json('/api/v1/alerts')).toMatchObject({ items: [] });
  });
});
