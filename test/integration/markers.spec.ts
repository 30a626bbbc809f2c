import { type ExclusionsApp, startExclusionsApp } from '../support/exclusions-app';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { sloWith } from '../support/slos';

const DAY = 86_400;
const END = Date.UTC(2026, 10, 1) / 1000;
const START = END - 30 * DAY;
const SLOS = [sloWith(), sloWith({ name: 'latency' }), sloWith({ service: 'mail' })];

jest.setTimeout(120_000);

function at(seconds: number): string {
  return new Date((START + seconds) * 1000).toISOString().replace('.000Z', 'Z');
}

const deploy = { kind: 'deploy', at: at(DAY), text: '1.4.2', labels: { version: '1.4.2' } };

describe('markers over REST', () => {
  let server: PostgresServer;
  let one: ExclusionsApp;
  let other: ExclusionsApp;

  beforeAll(async () => {
    server = await startPostgres();
    const url = await migratedDatabase(server);
    one = await startExclusionsApp(url, SLOS, END);
    other = await startExclusionsApp(url, SLOS, END);
  });
  afterAll(async () => {
    await one.close();
    await other.close();
    await server.stop();
  });
  afterEach(async () => {
    await one.database.rows('delete from marker');
  });

  it('are told by time, kind, service and SLO, the latest first, in pages', async () => {
    const made = await one.ask('POST', '/markers', { ...deploy, service: 'shop' });
    expect(made).toMatchObject({ status: 201, json: { slo: null, service: 'shop', end: null } });
    const incident = { kind: 'incident', at: at(2 * DAY), end: at(3 * DAY), text: 'down' };
    await one.ask('POST', '/markers', { ...incident, slo: 'shop/latency', link: 'https://x/1' });
    await one.ask('POST', '/markers', { kind: 'other', at: at(4 * DAY), text: 'a holiday' });
    await one.ask('POST', '/markers', { ...deploy, service: 'mail', text: '2.0' });
    const texts = async (query: string) => {
      const { json } = await other.ask('GET', `/markers?${query}`);
      return (json['items'] as readonly { readonly text: string }[]).map(({ text }) => text);
    };
    expect(await texts('')).toEqual(['a holiday', 'down', '2.0', '1.4.2']);
    expect(await texts('service=shop')).toEqual(['a holiday', 'down', '1.4.2']);
    expect(await texts('slo=shop/api-errors')).toEqual(['a holiday', '1.4.2']);
    expect(await texts('kind=deploy')).toEqual(['2.0', '1.4.2']);
    expect(await texts(`from=${at(2.5 * DAY)}&to=${at(3.5 * DAY)}`)).toEqual(['down']);
    const page = (await one.ask('GET', '/markers?limit=3')).json;
    expect(await texts(`limit=3&cursor=${String(page['nextCursor'])}`)).toEqual(['1.4.2']);
  });

  it.each<[object, string]>([
    [{ end: at(0) }, 'not before at'],
    [{ service: 'shopp' }, 'such as mail, shop'],
    [{ slo: 'shop/none' }, 'such as mail/api-errors'],
    [{ slo: 'shop/latency', service: 'shop' }, 'only without slo'],
    [{ link: 'javascript:alert(1)' }, 'link'],
    [{ labels: { a: 1 } }, 'labels.a: text'],
    [{ kind: 'party' }, 'kind'],
    [{ at: '2026-10-01T00:00:00' }, 'RFC 3339'],
  ])('with %j are refused', async (different, words) => {
    const refused = await one.ask('POST', '/markers', { ...deploy, ...different });
    expect(refused.status).toBe(422);
    expect(refused.json['detail']).toContain(words);
    expect(await one.database.rows('select 1 from marker')).toEqual([]);
  });

  it('are in the audit', async () => {
    await one.ask('POST', '/markers', { ...deploy, slo: 'shop/latency' });
    const rows = await one.database.rows<readonly unknown[]>(
      "select actor, subject, after->>'text' from audit where action = 'mark' order by id desc limit 1",
    );
    expect(rows).toEqual([['anonymous', 'shop/latency', '1.4.2']]);
  });
});
