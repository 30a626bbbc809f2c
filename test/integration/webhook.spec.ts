import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SentAlert } from '../../src/alerting/alert-receiver';
import type { WebhookConfig } from '../../src/config/config';
import { WebhookReceiver } from '../../src/webhook/webhook-receiver';
import { type Hooked, HookServer } from '../support/hook-server';

const NOW = Date.UTC(2026, 10, 20, 12) / 1000;
const KEY = 'a key of a webhook';

const ALERT: SentAlert = {
  labels: { alertname: 'SLOErrorBudgetBurn', service: 'shop', slo: 'api', severity: 'page' },
  annotations: { summary: 'shop/api brennt „hell“' },
  startsAt: NOW - 60,
  endsAt: NOW + 240,
  generatorUrl: 'http://slo/x',
};

/** As docs/alerts.md tells receivers to do it. */
function isOurs(header: unknown, body: string, key: string, now: number): boolean {
  const [, time = '', mac = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(header)) ?? [];
  const expected = createHmac('sha256', key).update(`${time}.${body}`).digest();
  return Math.abs(now - Number(time)) <= 300 && timingSafeEqual(expected, Buffer.from(mac, 'hex'));
}

describe('a webhook', () => {
  let dir: string;
  let server: HookServer;
  let receiver: WebhookReceiver;

  const open = (over: Partial<WebhookConfig> = {}): void => {
    receiver = new WebhookReceiver(
      {
        name: 'pager',
        url: server.url,
        secretFile: join(dir, 'key'),
        headers: { 'X-Team': 'sre' },
        tls: null,
        timeoutSeconds: 2,
        allowPrivateAddresses: true,
        ...over,
      },
      { now: () => NOW, externalUrl: 'http://slo' },
    );
  };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'slowburn-webhook-'));
    await writeFile(join(dir, 'key'), `${KEY}\n`);
    server = await new HookServer().open();
    open();
  });

  afterEach(async () => {
    receiver.close();
    await server.close();
    await rm(dir, { recursive: true });
  });

  it('gets a message whose signature tells who sent it, and when', async () => {
    await receiver.send([ALERT]);
    const [{ headers, body } = {} as Hooked] = server.taken;
    const told = headers['x-slowburn-signature'];
    expect(isOurs(told, body, KEY, NOW)).toBe(true);
    expect(isOurs(told, body, KEY, NOW + 301)).toBe(false);
    expect(isOurs(told, `${body} `, KEY, NOW)).toBe(false);
    expect(isOurs(told, body, 'another key', NOW)).toBe(false);
    expect(headers).toMatchObject({ 'x-team': 'sre', 'content-type': 'application/json' });
    expect(JSON.parse(body)).toMatchObject({ receiver: 'pager', externalURL: 'http://slo' });
  });

  it('knows a message that it has had by its id', async () => {
    await receiver.send([ALERT]);
    await receiver.send([{ ...ALERT, endsAt: NOW + 600 }]);
    await receiver.send([{ ...ALERT, endsAt: NOW - 1 }]);
    const ids = server.taken.map(({ headers }) => headers['x-slowburn-delivery']);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('is signed with a new key as soon as the file has it', async () => {
    await receiver.send([ALERT]);
    await writeFile(join(dir, 'key'), 'the key of next month');
    await receiver.send([ALERT]);
    const { headers, body } = server.taken[1] ?? ({} as Hooked);
    expect(isOurs(headers['x-slowburn-signature'], body, 'the key of next month', NOW)).toBe(true);
  });

  it.each([
    ['', 'pager is not told: its secretFile holds 0 characters, allowed: 16 or more'],
    [null, /^pager cannot read its secretFile .*: ENOENT$/],
  ])('is not told without a good key (%j)', async (key, message) => {
    await (key === null ? rm(join(dir, 'key')) : writeFile(join(dir, 'key'), key));
    await expect(receiver.send([ALERT])).rejects.toThrow(message);
    await expect(receiver.check()).rejects.toThrow(message);
    expect(server.came).toEqual([]);
  });

  it('that refuses is a failure which shows nothing of its answer', async () => {
    server.answer = { status: 500, headers: { 'retry-after': '30' } };
    const failure: unknown = await receiver.send([ALERT]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: 'pager answered 500', retryAfterSeconds: 30 });
  });

  it('is not followed elsewhere', async () => {
    server.answer = { status: 307, headers: { location: server.url } };
    await expect(receiver.send([ALERT])).rejects.toThrow('pager answered 307');
    expect(server.came).toHaveLength(1);
  });

  it('on an internal address is not called where its name leads there', async () => {
    const url = server.url.replace('127.0.0.1', 'localhost');
    open({ url, allowPrivateAddresses: false });
    await expect(receiver.send([ALERT])).rejects.toThrow(
      /^pager did not answer: localhost leads to the loopback or private address .*, which is not called$/,
    );
    expect(server.came).toEqual([]);
    open({ url });
    await receiver.send([ALERT]);
    expect(server.taken).toHaveLength(1);
  });

  it('that closes its connections between two messages gets both', async () => {
    await receiver.send([ALERT]);
    await server.close();
    await server.open();
    await receiver.send([ALERT]);
    expect(server.taken).toHaveLength(2);
  });
});
