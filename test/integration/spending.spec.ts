import { START } from '../support/figures';
import { type GateApp, startGateApp } from '../support/gate-app';
import { migratedDatabase } from '../support/ledger-database';
import { MemoryLedger } from '../support/memory-ledger';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { sloWith } from '../support/slos';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresMarkers } from '../../src/postgres/postgres-markers';

jest.setTimeout(60_000);

const GRID = 300;
const HOUR = 3_600;
const DAY = 86_400;
const END = START + 30 * DAY;
const BY = { id: 'token:ci', role: 'editor', requestId: 'r-1', address: '203.0.113.7' } as const;

const slo = sloWith({ objective: '0.99' });
const young = sloWith({ name: 'young' });
const iso = (at: number) => new Date(at * 1000).toISOString().replace('.000Z', 'Z');

/**
 * 1 000 events every five minutes, of which 86 400 may be bad: 20 a step in the first hour, all for
 * two hours of the tenth day, and 15 a step in the last hour.
 */
function ledgerOf(): MemoryLedger {
  const ledger = new MemoryLedger();
  const stream = ledger.begin(slo, START);
  stream.until(START + HOUR, GRID, { good: 980, bad: 20 });
  stream.until(START + 9 * DAY, GRID, { good: 1_000 });
  stream.until(START + 9 * DAY + 2 * HOUR, GRID, { good: 0, bad: 1_000 });
  stream.until(END - HOUR, GRID, { good: 999, bad: 1 });
  stream.until(END, GRID, { good: 985, bad: 15 });
  ledger.begin(young, END);
  return ledger;
}

describe('what spent a budget, and what becomes of it', () => {
  let server: PostgresServer;
  let app: GateApp;
  beforeAll(async () => {
    server = await startPostgres();
    const url = await migratedDatabase(server);
    const pool = openPool(url, () => undefined);
    const markers = new PostgresMarkers(new Database(pool), () => END);
    const deploy = {
      kind: 'deploy',
      end: null,
      service: 'shop',
      name: null,
      labels: {},
      link: null,
    } as const;
    await markers.add({ ...deploy, at: START + 9 * DAY - 600, text: 'api 1.4.2' }, BY);
    await markers.add({ ...deploy, at: START + 9 * DAY - 6 * HOUR, text: 'api 1.4.1' }, BY);
    await markers.add({ ...deploy, at: START + 9 * DAY, text: 'mails', service: 'mail' }, BY);
    await pool.end();
    app = await startGateApp(url, [slo, young], ledgerOf(), END, () => END + 40);
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });

  const SLO = '/slos/shop/api-errors';
  const told = async (path: string) => {
    const { status, json } = await app.ask('GET', path);
    expect([path, status]).toEqual([path, 200]);
    return json;
  };

  it('is told by share, with what adds up to what was consumed', async () => {
    const episodes = await told(`${SLO}/episodes`);
    // 20.75 days less an hour of one bad event in every step.
    const rest = (21 * 24 - 3) * 12;
    expect(episodes).toMatchObject({
      slo: 'shop/api-errors',
      from: iso(START),
      to: iso(END),
      allowedBad: 86_400,
      merge: '0s',
      count: 3,
      episodes: { bad: 24_000 + 240 + 180 },
      rest: { bad: rest },
      all: { bad: 24_420 + rest, total: 8_640_000 },
      nextCursor: null,
      reason: null,
      items: [
        {
          start: iso(START + 9 * DAY),
          end: iso(START + 9 * DAY + 2 * HOUR),
          durationSeconds: 2 * HOUR,
          bad: 24_000,
          total: 24_000,
          shareRatio: 24_000 / 86_400,
          coverage: 1,
          exclusions: [],
          markers: [{ kind: 'deploy', at: iso(START + 9 * DAY - 600), text: 'api 1.4.2' }],
        },
        { start: iso(START), end: iso(START + HOUR), bad: 240, peakBurnRate: 2 },
        { start: iso(END - HOUR), end: null, bad: 180, peakBurnRate: 1.5, markers: [] },
      ],
    });
    const budget = await told(`${SLO}/budget?at=${iso(END)}`);
    expect(budget).toMatchObject({ events: { bad: 24_420 + rest } });
  });

  it('is told page by page, in the order that is asked for', async () => {
    const first = await told(`${SLO}/episodes?sort=start&limit=2`);
    expect(first['items']).toMatchObject([{ bad: 240 }, { bad: 24_000 }]);
    const next = await told(
      `${SLO}/episodes?sort=start&limit=2&cursor=${String(first['nextCursor'])}`,
    );
    expect(next).toMatchObject({ items: [{ bad: 180 }], nextCursor: null, count: 3 });
  });

  it('is told of another span, and of a past window', async () => {
    const [from, to] = [iso(START + 8 * DAY), iso(START + 9 * DAY + HOUR)];
    expect(await told(`${SLO}/episodes?from=${from}&to=${to}`)).toMatchObject({
      from,
      to,
      window: { to },
      items: [{ bad: 12_000, end: null }],
    });
    expect(await told(`${SLO}/episodes?at=${from}`)).toMatchObject({ to: from, count: 1 });
  });

  it('goes on as one where episodes are close enough', async () => {
    expect(await told(`${SLO}/episodes?merge=7d&from=${iso(START + 8 * DAY)}`)).toMatchObject({
      count: 2,
      merge: '7d',
    });
  });

  it('is spent when the burn has eaten what does not come back in time', async () => {
    const forecast = await told(`${SLO}/forecast?burn=1h`);
    expect(forecast).toMatchObject({
      at: iso(END),
      assumption: { burn: '1h', burnRate: 1.5 },
      recovery: null,
      projected: null,
      reason: null,
    });
    // 30 432 are spent and 4 320 a day come; 24 240 leave up to the tenth day, then 288 a day:
    // 6 192 + 4 320 t - 288 (t - 9.0833) = 86 400.
    const { at } = forecast['exhaustion'] as { at: string };
    const days = (Date.parse(at) / 1000 - END) / DAY;
    expect(days).toBeCloseTo((86_400 - 6_192 - 288 * (9 + 1 / 12)) / 4_032, 4);
    expect(forecast['courses']).toMatchObject([
      { burn: '1h', burnRate: 1.5, recoveredAt: null },
      { burn: '6h', exhaustedAt: null },
      { burn: '1d', exhaustedAt: null },
    ]);
    expect(forecast['exhaustionRange']).toEqual({ earliest: at, latest: null });
  });

  it('says what it cannot know, and why', async () => {
    expect(await told('/slos/shop/young/forecast')).toMatchObject({
      exhaustion: { at: null, inSeconds: null },
      courses: [],
      reason: expect.stringMatching(/first point/) as string,
    });
    expect(await told('/slos/shop/young/episodes')).toMatchObject({
      count: 0,
      all: { bad: 0, shareRatio: null },
      reason: expect.stringMatching(/first point/) as string,
    });
  });

  it.each([
    ['episodes?at=2026-10-10T00:00:00Z&from=2026-10-09T00:00:00Z', 'at'],
    ['episodes?from=2026-10-10T00:00:00Z&to=2026-10-09T00:00:00Z', 'from'],
    ['episodes?merge=8d', 'merge'],
    ['episodes?sort=bad', 'sort'],
    ['forecast?burn=4h', 'burn'],
    ['forecast?backTo=25', 'backTo'],
    ['forecast?at=2036-10-10T00:00:00Z', 'at'],
  ])('refuses %s', async (query, field) => {
    expect(await app.ask('GET', `${SLO}/${query}`)).toMatchObject({
      status: 422,
      json: { errors: [expect.objectContaining({ field })] },
    });
  });
});
