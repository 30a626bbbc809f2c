import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fleet } from './fleet';
import { liveServer } from './live';
import { strikeAsked } from './strike';
import { SYSTEMS } from './systems/all';

const START = Date.UTC(2026, 10, 20, 15, 37) / 1000;

describe('the live simulator', () => {
  let now = START;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    now = START;
    server = liveServer(new Fleet(SYSTEMS, 'seed', START, START), () => now);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const scrape = async (pod: string): Promise<string> =>
    (await fetch(`${url}/metrics/${pod}`)).text();
  const requests = (text: string, status: string): number =>
    [
      ...text.matchAll(new RegExp(`^http_requests_total{.*status="${status}"} (\\d+)$`, 'gm')),
    ].reduce((sum, [, value]) => sum + Number(value), 0);

  it('goes on counting between scrapes', async () => {
    now += 60;
    const first = await scrape('petswipe/0');
    now += 60;
    const second = await scrape('petswipe/0');
    expect(requests(first, '200')).toBeGreaterThan(100);
    expect(requests(second, '200')).toBeGreaterThan(requests(first, '200') + 100);
    expect(second).toContain(`process_start_time_seconds ${START}\n`);
  });

  it('fails as many answers as an incident asks for, and then no more', async () => {
    const body = JSON.stringify({ errorShare: 0.5, seconds: 120 });
    const asked = await fetch(`${url}/incident/todo`, { method: 'POST', body });
    expect(asked.status).toBe(202);
    now += 120;
    const during = await scrape('todo/1');
    expect(requests(during, '500') / requests(during, '200')).toBeGreaterThan(0.8);
    now += 120;
    const after = await scrape('todo/1');
    expect(requests(after, '500') - requests(during, '500')).toBeLessThan(20);
  });

  it('lets a pod go down and come back as a new process', async () => {
    const body = JSON.stringify({ downPods: [1], seconds: 60 });
    await fetch(`${url}/incident/patacao`, { method: 'POST', body });
    now += 60;
    expect((await fetch(`${url}/metrics/patacao/1`)).status).toBe(503);
    expect((await fetch(`${url}/metrics/patacao/0`)).status).toBe(200);
    now += 60;
    expect(await scrape('patacao/1')).toContain(`process_start_time_seconds ${START + 62.5}\n`);
  });

  it.each([
    ['errors', (text: string) => requests(text, '500') / requests(text, '200'), 0.8],
    [
      'latency',
      (text: string) =>
        1 -
        Number(/^http_request_duration_seconds_bucket{.*le="0.5"} (\d+)$/m.exec(text)?.[1]) /
          Number(/^http_request_duration_seconds_count\S* (\d+)$/m.exec(text)?.[1]),
      0.3,
    ],
  ])('has an incident of %s when it is asked for one', async (kind, badShare, least) => {
    const asked = await fetch(`${url}/incident?system=todo&kind=${kind}&for=2m`, {
      method: 'POST',
    });
    expect(asked.status).toBe(202);
    expect(await asked.json()).toMatchObject({ from: START, to: START + 120 });
    now += 120;
    expect(badShare(await scrape('todo/1'))).toBeGreaterThan(least);
  });

  it('goes down as a whole when it is asked to', async () => {
    await fetch(`${url}/incident?system=mercenary&kind=down&for=90s`, { method: 'POST' });
    now += 60;
    for (const pod of [0, 1]) {
      expect((await fetch(`${url}/metrics/mercenary/${pod}`)).status).toBe(503);
    }
  });

  it.each([
    ['', 'system is ""; allowed is patacao, faciliauto, petswipe, todo, mercenary'],
    ['system=todo&kind=fire&for=1m', 'kind is "fire"; allowed is errors, latency, down'],
    [
      'system=todo&kind=down&for=10',
      'for is "10"; allowed is seconds, minutes or hours such as 90s, 10m or 2h, up to a day',
    ],
    ['system=todo&pods=1', 'unknown parameter pods; allowed are system, kind, for'],
  ])('refuses an incident by the words %j', async (query, refused) => {
    const answer = await fetch(`${url}/incident?${query}`, { method: 'POST' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toBe(`${refused}\n`);
  });

  it.each(['/metrics/patacao/2', '/metrics/nobody/0', '/incident/todo', '/'])(
    'has nothing at %s',
    async (path) => {
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    },
  );

  it('refuses an incident it does not understand', async () => {
    const answer = await fetch(`${url}/incident/todo`, { method: 'POST', body: '{"seconds":0}' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toBe('seconds is 0; allowed is 1 to 86400\n');
  });
});

describe('an incident asked for', () => {
  it.each([
    ['nonsense', 'the body must be a JSON object'],
    ['[]', 'the body must be a JSON object'],
    ['{}', 'seconds is undefined; allowed is 1 to 86400'],
    ['{"seconds":60,"errorShare":5}', 'errorShare is 5; allowed is 0 to 1'],
    ['{"seconds":60,"slowness":"x"}', 'slowness is "x"; allowed is 1 to 1000'],
    ['{"seconds":60,"downPods":[2]}', 'downPods is [2]; allowed is a list of 0 and 1'],
    [
      '{"seconds":60,"errors":1}',
      'unknown key errors; allowed are errorShare, slowness, downPods, seconds',
    ],
  ])('as %s is refused', (body, refused) => {
    expect(strikeAsked(body, START)).toEqual({ refused });
  });
});
