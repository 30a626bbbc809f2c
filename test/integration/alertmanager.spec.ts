import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SentAlert } from '../../src/alerting/alert-receiver';
import { AlertmanagerReceiver } from '../../src/alertmanager/alertmanager-receiver';
import { alertmanagerAt } from '../../src/config/receivers';
import type { AlertmanagerConfig } from '../../src/config/config';
import { messageOf } from '../../src/webhook/message';
import {
  alertmanagerBinary,
  describeWith,
  type RunningAlertmanager,
  startAlertmanager,
} from '../support/alertmanager';
import { HookServer } from '../support/hook-server';
import { freePort } from '../support/server-process';

const CONFIG = 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n';

function alert(labels: Readonly<Record<string, string>>, over: Partial<SentAlert> = {}): SentAlert {
  const now = Math.floor(Date.now() / 1000);
  return {
    labels: { alertname: 'SLOErrorBudgetBurn', service: 'shop', severity: 'page', ...labels },
    annotations: { summary: 'shop burns', runbook_url: 'https://runbooks.example/shop' },
    startsAt: now - 90,
    endsAt: now + 240,
    generatorUrl: 'http://slo.example/api/v1/slos/shop/api/burn-rates?label.endpoint=%2Fcart',
    ...over,
  };
}

function receiverAt(url: string, over: Partial<AlertmanagerConfig> = {}): AlertmanagerReceiver {
  const config = alertmanagerAt(url);
  if ('fault' in config) throw new Error(config.fault);
  return new AlertmanagerReceiver({ ...config, ...over });
}

describeWith(
  alertmanagerBinary(),
  'Alertmanager',
  'ALERTMANAGER_BIN',
)('an Alertmanager', () => {
  let alertmanager: RunningAlertmanager;
  let receiver: AlertmanagerReceiver;

  beforeAll(async () => {
    alertmanager = await startAlertmanager(CONFIG);
    receiver = receiverAt(alertmanager.url);
  });

  afterAll(async () => {
    receiver.close();
    await alertmanager.dispose();
  });

  const of = async (slo: string) =>
    (await alertmanager.alerts()).filter(({ labels }) => labels['slo'] === slo);

  it('is told of an alert with all that belongs to it', async () => {
    const sent = alert({ slo: 'one', endpoint: '/cart "é"', 'app.kubernetes.io/name': 'shop' });
    await receiver.send([sent]);
    const [told] = await of('one');
    expect(told).toMatchObject({
      labels: { ...alert({}).labels, endpoint: '/cart "é"', app_kubernetes_io_name: 'shop' },
      annotations: sent.annotations,
      startsAt: new Date(sent.startsAt * 1000).toISOString(),
      endsAt: new Date(sent.endsAt * 1000).toISOString(),
      generatorURL: sent.generatorUrl,
      status: { state: 'active' },
    });
  });

  it('calls an alert as our webhook does', async () => {
    const sent = alert({ slo: 'print', endpoint: '/ü', empty: 'x' });
    await receiver.send([sent]);
    const [told] = await of('print');
    const message = JSON.parse(messageOf([sent], 'hook', '', sent.startsAt).body) as {
      alerts: [{ fingerprint: string }];
    };
    expect(message.alerts[0].fingerprint).toBe(told?.fingerprint);
  });

  it('counts once what it is told twice, and forgets what has ended', async () => {
    const sent = alert({ slo: 'twice' });
    await receiver.send([sent]);
    await receiver.send([{ ...sent, endsAt: sent.endsAt + 60 }]);
    expect(await of('twice')).toHaveLength(1);
    await receiver.send([{ ...sent, endsAt: sent.startsAt + 30 }]);
    expect(await of('twice')).toEqual([]);
  });

  it('is asked whether it would take alerts while there are none', async () => {
    await receiver.send([]);
    await expect(receiverAt(`${alertmanager.url}/elsewhere`).send([])).rejects.toThrow(
      'answered 404',
    );
  });

  it('is told of more than one request holds', async () => {
    await receiver.send(
      Array.from({ length: 150 }, (_, k) => alert({ slo: 'many', k: String(k) })),
    );
    expect(await of('many')).toHaveLength(150);
  });

  it('refuses a batch without keeping the others from it', async () => {
    const wrong = alert({ slo: 'wrong', k: 'wrong' }, { endsAt: 1 });
    const right = Array.from({ length: 64 }, (_, k) => alert({ slo: 'wrong', k: String(k) }));
    await expect(receiver.send([wrong, ...right])).rejects.toThrow(
      `${new URL(alertmanager.url).host} answered 400`,
    );
    expect(await of('wrong')).toHaveLength(64);
  });
});

describe('an Alertmanager that asks who is there', () => {
  it('is told with the password of a file, and the headers that are configured', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'slowburn-password-'));
    const passwordFile = join(dir, 'password');
    await writeFile(passwordFile, 'secret\n');
    const server = await new HookServer().open();
    const basicAuth = { username: 'slowburn', passwordFile };
    const receiver = receiverAt(server.url, { basicAuth, headers: { 'X-Scope-OrgID': 'team' } });
    try {
      await receiver.send([alert({})]);
      expect(server.taken[0]?.headers).toMatchObject({
        authorization: `Basic ${btoa('slowburn:secret')}`,
        'x-scope-orgid': 'team',
        'content-type': 'application/json',
      });
      await rm(passwordFile);
      await expect(receiver.send([alert({})])).rejects.toThrow(/cannot read its .*: ENOENT$/);
      expect(server.came).toHaveLength(1);
    } finally {
      receiver.close();
      await server.close();
      await rm(dir, { recursive: true });
    }
  });
});

describe('an Alertmanager that does not take alerts', () => {
  it('is named, and not asked for the rest', async () => {
    const port = await freePort();
    const receiver = receiverAt(`http://127.0.0.1:${port}`);
    const failed = receiver.send(Array.from({ length: 200 }, (_, k) => alert({ k: String(k) })));
    await expect(failed).rejects.toThrow(
      `127.0.0.1:${port} did not answer: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
    receiver.close();
  });

  it.each([
    [{ status: 200, afterMs: 5_000 }, 'did not answer within 0.2 s', null],
    [{ status: 503, headers: { 'retry-after': '7' } }, 'answered 503: {}', 7],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'answered 302: {}', null],
  ])('%j', async (answer, message, retryAfterSeconds) => {
    const server = await new HookServer().open();
    server.answer = answer;
    const receiver = receiverAt(server.url, { timeoutSeconds: 0.2 });
    try {
      const failure: unknown = await receiver.send([alert({})]).catch((error: unknown) => error);
      expect(failure).toMatchObject({ retryAfterSeconds });
      expect(String(failure)).toContain(message);
      expect(server.came).toHaveLength(1);
    } finally {
      receiver.close();
      await server.close();
    }
  });
});
