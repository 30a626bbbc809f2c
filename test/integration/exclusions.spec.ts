import type { Lease } from '../../src/ledger/ledger';
import type { Slo } from '../../src/domain/slo';
import { revisionOf } from '../../src/ledger/revision';
import { PostgresLeases } from '../../src/postgres/postgres-leases';
import { type ExclusionsApp, startExclusionsApp } from '../support/exclusions-app';
import { migratedDatabase } from '../support/ledger-database';
import { must } from '../support/ledger-writes';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { sloWith } from '../support/slos';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const END = Date.UTC(2026, 10, 1) / 1000;
const START = END - 30 * DAY;

jest.setTimeout(120_000);

const errors = sloWith({ labels: { tier: '1' } });
const latency = sloWith({ name: 'latency', objective: '0.99' });
const launch = { kind: 'once', from: START - 40 * DAY, to: START - 39 * DAY } as const;
const mail = sloWith({
  service: 'mail',
  exclusions: [
    { when: launch, treatment: 'countGood', reason: 'launch', author: 'ann', group: null },
  ],
});
const SLOS: readonly Slo[] = [errors, latency, mail];

/** 45 minutes of a planned outage that fell into four hours, and 15 that nobody had planned. */
const planned = {
  from: at(10 * DAY - HOUR + 7),
  to: at(10 * DAY + 3 * HOUR - 7),
  reason: 'moving house',
  author: 'ops',
};

function at(seconds: number): string {
  return new Date((START + seconds) * 1000).toISOString().replace('.000Z', 'Z');
}

function isBad(step: number): boolean {
  const seconds = step * 300;
  return (seconds >= 10 * DAY && seconds < 10 * DAY + 45 * 60) || seconds >= 30 * DAY - 15 * 60;
}

describe('exclusions over REST', () => {
  let server: PostgresServer;
  let one: ExclusionsApp;
  let other: ExclusionsApp;

  beforeAll(async () => {
    server = await startPostgres();
    const url = await migratedDatabase(server);
    one = await startExclusionsApp(url, SLOS, END);
    other = await startExclusionsApp(url, SLOS, END);
    const lease = must((await new PostgresLeases(one.database).claim(['unit'], HOUR))[0]);
    for (const slo of SLOS) await fill(one, slo, lease);
    await one.evaluate();
    await other.evaluate();
  });
  afterAll(async () => {
    await one.close();
    await other.close();
    await server.stop();
  });
  afterEach(async () => {
    await one.database.rows('delete from exclusion');
  });

  async function told(app: ExclusionsApp, slo = 'shop/api-errors') {
    const paths = ['budget', 'burn-rates', 'history?step=6h', `budget?at=${at(20 * DAY)}`];
    const answers = await Promise.all(paths.map((path) => app.ask('GET', `/slos/${slo}/${path}`)));
    return answers.map(({ json }) => json);
  }

  async function remaining(app: ExclusionsApp, slo = 'shop/api-errors') {
    const { json } = await app.ask('GET', `/slos/${slo}/budget`);
    const { budget, raw } = json as {
      readonly budget: { readonly remainingRatio: number; readonly totalSeconds: number };
      readonly raw: { readonly remainingRatio: number };
    };
    return { of: budget.remainingRatio, seconds: budget.totalSeconds, raw: raw.remainingRatio };
  }

  async function listed(app: ExclusionsApp) {
    const { json } = await app.ask('GET', '/slos/shop/api-errors');
    const [row] = json['figures'] as readonly {
      readonly budget: { readonly remainingRatio: number };
    }[];
    return row?.budget.remainingRatio;
  }

  it('change every figure at once on every replica, and revoking restores every digit', async () => {
    const [before, elsewhere] = [await told(one), await told(other)];
    expect(elsewhere).toEqual(before);
    expect(await remaining(one)).toMatchObject({ seconds: 2_592 });
    expect((await remaining(one)).of).toBeCloseTo(-0.388888888889, 12);

    const added = await one.ask('POST', '/exclusions', { ...planned, service: 'shop' });
    expect(added.status).toBe(201);
    for (const app of [one, other]) {
      const now = await remaining(app);
      expect(now.seconds / 60).toBeCloseTo(42.96, 12);
      expect(now.of).toBeCloseTo(0.650837988827, 12);
      expect(now.raw).toBeCloseTo(-0.388888888889, 12);
      expect((await told(app))[0]).toMatchObject({
        exclusions: [
          {
            id: added.json['id'],
            from: at(10 * DAY - HOUR),
            to: at(10 * DAY + 3 * HOUR),
            occurrences: 1,
            seconds: 4 * HOUR,
            treatment: 'drop',
            reason: 'moving house',
            author: 'ops',
          },
        ],
      });
    }
    expect(await told(one)).toEqual(await told(other));
    // The replica that took it has it in its lists at once, the other one with its next tick.
    expect(await listed(one)).toBeCloseTo(0.650837988827, 12);
    expect(await listed(other)).toBeCloseTo(-0.388888888889, 12);
    await one.evaluate();
    expect((await remaining(one)).of).toBeCloseTo(0.650837988827, 12);

    const path = `/exclusions/${String(added.json['id'])}`;
    const revoked = await other.ask('DELETE', path);
    expect(revoked).toMatchObject({
      status: 200,
      json: { state: 'revoked', reason: 'moving house' },
    });
    expect(await told(one)).toEqual(before);
    expect(await told(other)).toEqual(before);
    expect((await one.ask('GET', path)).json).toEqual(revoked.json);
    expect((await one.ask('DELETE', path)).json).toEqual(revoked.json);
  });

  it('change the burn of this moment too', async () => {
    const burn = async () => {
      const { json } = await other.ask('GET', '/slos/shop/api-errors/burn-rates');
      return (json['windows'] as Readonly<Record<string, unknown>>)['1h'];
    };
    const raw = { bad: 900, total: 3_600, burnRate: 250 };
    expect(await burn()).toMatchObject({ ...raw, raw });
    const now = { from: at(30 * DAY - 15 * 60), to: at(31 * DAY), reason: 'r', author: 'a' };
    await one.ask('POST', '/exclusions', { ...now, label: 'tier=1', treatment: 'countGood' });
    expect(await burn()).toMatchObject({ bad: 0, total: 3_600, burnRate: 0, coverage: 1, raw });
    await one.ask('POST', '/exclusions', { ...now, slo: 'shop/api-errors' });
    expect(await burn()).toMatchObject({ bad: 0, total: 2_700, burnRate: 0, coverage: 1, raw });
  });

  it('can be tried without being made', async () => {
    const tried = await one.ask('POST', '/exclusions?dryRun=true', { ...planned, service: 'shop' });
    expect(tried).toMatchObject({
      status: 200,
      json: { dryRun: true, slos: ['shop/api-errors', 'shop/latency'] },
    });
    const [row] = tried.json['items'] as readonly Readonly<Record<string, unknown>>[];
    expect(row).toMatchObject({
      slo: 'shop/api-errors',
      before: { bad: 3_600, total: 2_592_000 },
      after: { bad: 900, total: 2_577_600 },
    });
    const after = (row?.['after'] as { readonly remainingRatio: number }).remainingRatio;
    expect((await remaining(one)).of).toBeCloseTo(-0.388888888889, 12);
    const added = await one.ask('POST', '/exclusions', { ...planned, service: 'shop' });
    expect((await remaining(one)).of).toBe(after);
    const path = `/exclusions/${String(added.json['id'])}?dryRun=true`;
    const back = await one.ask('DELETE', path);
    expect(back.json['items']).toMatchObject([
      { before: { total: 2_577_600 }, after: { total: 2_592_000 } },
      { slo: 'shop/latency' },
    ]);
    expect((await remaining(one)).of).toBe(after);
  });

  it('are listed with those of definitions, by time, SLO and state, in pages', async () => {
    const weekly = {
      from: '2026-10-04T02:00:00+02:00',
      rrule: 'FREQ=WEEKLY;BYDAY=SU',
      duration: '2h',
      timeZone: 'Europe/Berlin',
      reason: 'backups',
      author: 'ops',
    };
    await one.ask('POST', '/exclusions', { ...planned, slo: 'shop/api-errors' });
    await one.ask('POST', '/exclusions', { ...weekly, service: 'mail' });
    const running = {
      from: at(30 * DAY - HOUR),
      to: at(30 * DAY + HOUR),
      reason: 'r',
      author: 'a',
    };
    await one.ask('POST', '/exclusions', { ...running, service: 'shop' });
    const list = async (query: string) => {
      const { json } = await other.ask('GET', `/exclusions?${query}`);
      return json['items'] as readonly Readonly<Record<string, unknown>>[];
    };
    const states = (await list('')).map(
      ({ reason, state }) => `${String(reason)} ${String(state)}`,
    );
    expect(states).toEqual(['launch past', 'moving house past', 'backups planned', 'r active']);
    const of = async (query: string) => (await list(query)).map(({ reason }) => reason);
    expect(await of('slo=mail/api-errors')).toEqual(['launch', 'backups']);
    expect(await of('slo=shop/latency')).toEqual(['r']);
    expect(await of('active=true')).toEqual(['r']);
    expect(await of(`from=${at(9.5 * DAY)}&to=${at(11 * DAY)}`)).toEqual(['moving house']);
    const [sundays] = await list(
      `slo=mail/api-errors&from=2026-10-20T00:00:00Z&to=2026-11-02T00:00:00Z`,
    );
    expect(sundays).toMatchObject({
      rrule: 'FREQ=WEEKLY;BYDAY=SU',
      occurrences: [
        { from: '2026-10-25T00:00:00Z', to: '2026-10-25T02:00:00Z' },
        { from: '2026-11-01T01:00:00Z', to: '2026-11-01T03:00:00Z' },
      ],
    });
    const page = (await one.ask('GET', '/exclusions?limit=3')).json;
    const rest = await list(`limit=3&cursor=${String(page['nextCursor'])}`);
    expect(rest.map(({ reason }) => reason)).toEqual(['r']);
  });

  it('that a definition writes are changed there', async () => {
    const refused = await one.ask('DELETE', '/exclusions/mail.api-errors.1');
    expect(refused.status).toBe(409);
    expect(refused.json['detail']).toBe(
      'the exclusion mail.api-errors.1 is written in slos/shop.yaml:4, allowed: a change of that',
    );
    expect((await one.ask('GET', '/exclusions/mail.api-errors.1')).json).toMatchObject({
      origin: 'definition',
      treatment: 'countGood',
      author: 'ann',
    });
    expect((await one.ask('DELETE', '/exclusions/never-was')).status).toBe(404);
  });

  it.each<[string, object, string]>([
    ['no scope', {}, 'exactly one of slo, service and label'],
    ['two scopes', { service: 'shop', label: 'tier=1' }, 'exactly one of slo, service and label'],
    [
      'an SLO that is not there',
      { slo: 'shop/apierrors' },
      'such as shop/api-errors, shop/latency',
    ],
    ['a service that is not there', { service: 'shopp' }, 'such as mail, shop'],
    ['a label that no SLO has', { label: 'tier=2' }, 'such as tier=1'],
    ['a group of what has none', { service: 'shop', group: { a: 'b' } }, 'none, since shop has no'],
    ['an end before the beginning', { service: 'shop', to: at(0) }, 'after from'],
    [
      'a rule that repeats hourly',
      { service: 'shop', to: undefined, rrule: 'FREQ=HOURLY', duration: '5m' },
      'DAILY, WEEKLY',
    ],
    ['no reason', { service: 'shop', reason: undefined }, 'reason'],
    ['nobody who says so', { service: 'shop', author: undefined }, 'author: who says so'],
    ['an unknown field', { service: 'shop', until: 'x' }, 'no such field'],
  ])('%s is refused', async (_, different, words) => {
    const answer = await one.ask('POST', '/exclusions', { ...planned, ...different });
    expect(answer.status).toBe(422);
    expect(answer.json['detail']).toContain(words);
    expect(await one.database.rows('select 1 from exclusion')).toEqual([]);
  });

  it('of what is retired can be made, and everything is in the audit', async () => {
    const added = await one.ask('POST', '/exclusions', { ...planned, slo: 'shop/gone' });
    await one.ask('DELETE', `/exclusions/${String(added.json['id'])}`);
    const rows = await one.database.rows<readonly unknown[]>(
      `select actor, action, subject, before->>'state', after->>'state', after->>'reason'
       from audit where subject = 'shop/gone' order by id`,
    );
    expect(rows).toEqual([
      ['anonymous', 'exclude', 'shop/gone', null, 'in force', 'moving house'],
      ['anonymous', 'revoke-exclusion', 'shop/gone', 'in force', 'revoked', 'moving house'],
    ]);
  });
});

/** One event a second. */
async function fill(app: ExclusionsApp, slo: Slo, lease: Lease): Promise<void> {
  const { service, name } = slo;
  const key = { service, name, group: null, revision: revisionOf(slo) };
  const [stream] = await app.ledger.open([{ ...key, scale: 1n, startsAt: END }]);
  await app.ledger.prepend([
    {
      streamId: must(stream).id,
      lease,
      before: END,
      readBackTo: START,
      stepsFrom: START,
      steps: Array.from({ length: (END - START) / 300 }, (_, k) => ({
        at: START + (k + 1) * 300,
        good: isBad(k) ? 0n : 300n,
        total: 300n,
        coveredSeconds: 300,
        flags: [],
      })),
    },
  ]);
}
