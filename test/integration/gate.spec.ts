import { DEFAULT_BUDGET_POLICY } from '../../src/domain/budget-policy';
import { START } from '../support/figures';
import { type GateApp, startGateApp } from '../support/gate-app';
import { migratedDatabase } from '../support/ledger-database';
import { MemoryLedger } from '../support/memory-ledger';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { sloWith } from '../support/slos';

jest.setTimeout(60_000);

const GRID = 300;
const DAY = 86_400;
const END = START + 30 * DAY;
const LABELS = { tier: '1' };

const spent = sloWith({ name: 'spent', team: 'backend' });
const little = sloWith({ name: 'little', labels: LABELS });
const whole = sloWith({ name: 'whole', labels: LABELS });
const lax = sloWith({
  service: 'mail',
  name: 'lax',
  budgetPolicy: { ...DEFAULT_BUDGET_POLICY, freezeAt: -0.5, slowAt: 0 },
});
const SLOS = [spent, little, whole, lax];

function ledgerOf(): MemoryLedger {
  const ledger = new MemoryLedger();
  const fill = (slo: (typeof SLOS)[number], bad: number) =>
    ledger.begin(slo, START).until(END, GRID, { good: 10_000 - bad, bad });
  fill(spent, 12);
  fill(little, 8);
  fill(whole, 0);
  fill(lax, 14);
  return ledger;
}

describe('the gate', () => {
  let server: PostgresServer;
  let app: GateApp;
  let replica: GateApp;
  let now: number;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    now = END + 40;
    const url = await migratedDatabase(server);
    const ledger = ledgerOf();
    app = await startGateApp(url, SLOS, ledger, END, () => now);
    replica = await startGateApp(url, SLOS, ledger, END, () => now);
  });
  afterEach(async () => {
    await app.close();
    await replica.close();
  });

  const SPENT = '/slos/shop/spent/gate';
  const stateOf = async (path: string, of = app) => {
    const { status, json } = await of.ask('GET', path);
    return [status, json['state']];
  };

  it('answers 200 with the figures behind it', async () => {
    expect(await app.ask('GET', '/slos/shop/little/gate')).toMatchObject({
      status: 200,
      json: {
        slo: 'shop/little',
        group: null,
        mayDeploy: true,
        state: 'slow',
        evaluatedAt: '2026-10-31T00:00:00Z',
        reasons: [{ state: 'slow', rule: 'slowAt', value: 0.2, limit: 0.25 }],
        policy: { freezeAt: 0, slowAt: 0.25, burnOver: '1h', noData: 'open', written: false },
        budgets: [
          {
            status: 'healthy',
            events: { good: 86_330_880, bad: 69_120, total: 86_400_000 },
            allowedBad: 86_400,
            remainingBad: 17_280,
            remainingRatio: 0.2,
            burnRate: 0.8,
            pages: [],
          },
        ],
        override: null,
      },
    });
  });

  it('answers 409 with the same members in problem details', async () => {
    const { status, type, json } = await app.ask('GET', SPENT);
    expect([status, type]).toEqual([409, expect.stringContaining('application/problem+json')]);
    const sentence =
      'shop/spent is frozen: -20 % of the budget is left, frozen at 0 % or less; do not deploy';
    expect(json).toMatchObject({
      type: 'urn:slowburn:problem:gate-closed',
      title: 'Gate closed',
      status: 409,
      detail: sentence,
      explanation: sentence,
      mayDeploy: false,
      state: 'frozen',
      reasons: [{ rule: 'freezeAt', value: -0.2, limit: 0 }],
      budgets: [{ remainingRatio: -0.2, status: 'exhausted' }],
    });
  });

  it('answers 200 to readers that take a 409 for an error, and says no all the same', async () => {
    expect(await app.ask('GET', `${SPENT}?closed=200`)).toMatchObject({
      status: 200,
      json: { mayDeploy: false, state: 'frozen', reasons: [{ rule: 'freezeAt' }] },
    });
    expect(await app.ask('GET', '/gate?team=backend&closed=200')).toMatchObject({
      status: 200,
      json: { mayDeploy: false },
    });
    expect(await app.ask('GET', `${SPENT}?closed=404`)).toMatchObject({ status: 422 });
  });

  it('goes by the policy of the definition', async () => {
    expect(await app.ask('GET', '/slos/mail/lax/gate')).toMatchObject({
      status: 200,
      json: { state: 'slow', policy: { freezeAt: -0.5, slowAt: 0, written: true } },
    });
  });

  it('is opened on every replica at once, until the override expires', async () => {
    const opened = await app.ask('POST', `${SPENT}/override`, {
      reason: 'the fix',
      expiresIn: '2h',
    });
    expect(opened).toMatchObject({
      status: 201,
      json: {
        slo: 'shop/spent',
        reason: 'the fix',
        by: 'anonymous',
        createdAt: '2026-10-31T00:00:40Z',
        expiresAt: '2026-10-31T02:00:40Z',
        endedAt: null,
      },
    });
    expect(await replica.ask('GET', SPENT)).toMatchObject({
      status: 200,
      json: {
        state: 'overridden',
        mayDeploy: true,
        reasons: [{ rule: 'freezeAt', value: -0.2 }],
        override: { reason: 'the fix', by: 'anonymous' },
      },
    });
    now += 2 * 3_600 - 1;
    expect(await stateOf(SPENT)).toEqual([200, 'overridden']);
    now += 1;
    expect(await stateOf(SPENT)).toEqual([409, 'frozen']);
  });

  it('closes again on every replica when the override is taken back', async () => {
    await app.ask('POST', `${SPENT}/override`, { reason: 'the fix', expiresIn: '2h' });
    expect(await replica.ask('DELETE', `${SPENT}/override`)).toMatchObject({
      status: 200,
      json: { reason: 'the fix', endedAt: '2026-10-31T00:00:40Z', endedBy: 'anonymous' },
    });
    expect(await stateOf(SPENT)).toEqual([409, 'frozen']);
    expect(await app.ask('DELETE', `${SPENT}/override`)).toMatchObject({
      status: 404,
      json: { detail: 'no override of the gate of shop/spent is in force' },
    });
  });

  it('has one override in force, and remembers all with who, why and until when', async () => {
    const path = `${SPENT}/override`;
    await app.ask('POST', path, { reason: 'first', expiresIn: '1h' });
    now += 60;
    await app.ask('POST', path, { reason: 'second', expiresIn: '1m' });
    now += 120;
    await app.ask('POST', path, { reason: 'third', expiresIn: '1h' });
    const page = (await app.ask('GET', `${path}?limit=2`)).json;
    expect(page['items']).toMatchObject([
      { reason: 'third', endedAt: null },
      { reason: 'second', endedAt: '2026-10-31T00:02:40Z', endedBy: 'expired' },
    ]);
    const next = await app.ask('GET', `${path}?cursor=${String(page['nextCursor'])}`);
    expect(next.json).toMatchObject({
      items: [{ reason: 'first', endedAt: '2026-10-31T00:01:40Z', endedBy: 'anonymous' }],
      nextCursor: null,
    });
    await app.ask('DELETE', path);
    const entries = await app.audit.entries({ subject: 'shop/spent' }, null, 10);
    const reasonOf = (value: unknown) => (value as { reason?: string } | null)?.reason;
    expect(
      entries.map(({ action, actor, before, after }) => [
        action,
        actor,
        reasonOf(before),
        reasonOf(after),
      ]),
    ).toEqual([
      ['revoke-gate-override', 'anonymous', 'third', undefined],
      ['override-gate', 'anonymous', undefined, 'third'],
      ['override-gate', 'anonymous', 'first', 'second'],
      ['override-gate', 'anonymous', undefined, 'first'],
    ]);
  });

  it('has one override in force when two open it at once', async () => {
    const open = (of: GateApp, reason: string) =>
      of.ask('POST', `${SPENT}/override`, { reason, expiresIn: '1h' });
    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, k) => open(k % 2 === 0 ? app : replica, `fix ${k}`)),
    );
    expect(opened.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    const { items } = (await app.ask('GET', `${SPENT}/override`)).json as {
      items: { endedAt: string | null }[];
    };
    expect(items.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  });

  it.each([
    [{ reason: 'the fix', expiresIn: '31d' }, 'expiresIn'],
    [{ reason: 'the fix', expiresIn: '30s' }, 'expiresIn'],
    [{ reason: 'the fix', expiresIn: 'soon' }, 'duration'],
    [{ reason: '', expiresIn: '1h' }, 'reason'],
    [{ expiresIn: '1h' }, 'reason'],
    [{ reason: 'the fix', expiresIn: '1h', createdBy: 'me' }, 'createdBy'],
  ])('is not opened by %j', async (body, field) => {
    expect(await app.ask('POST', `${SPENT}/override`, body)).toMatchObject({
      status: 422,
      json: { errors: [expect.objectContaining({ field })] },
    });
    expect(await stateOf(SPENT)).toEqual([409, 'frozen']);
  });

  it('of a service is as bad as its worst, and an override opens only what it is of', async () => {
    const gates = await app.ask('GET', '/gate?service=shop');
    expect(gates).toMatchObject({
      status: 409,
      json: { state: 'frozen', mayDeploy: false, gates: [{ slo: 'shop/spent' }, {}, {}] },
    });
    expect(gates.json['detail']).toMatch(/^shop\/spent is frozen: [^.]*; do not deploy$/);
    await app.ask('POST', `${SPENT}/override`, { reason: 'the fix', expiresIn: '1h' });
    expect(await app.ask('GET', '/gate?service=shop')).toMatchObject({
      status: 200,
      json: {
        state: 'slow',
        gates: [
          { slo: 'shop/little' },
          { slo: 'shop/spent', state: 'overridden' },
          { slo: 'shop/whole' },
        ],
      },
    });
  });

  it.each([
    ['/gate?team=backend', 409, ['shop/spent']],
    ['/gate?label.tier=1', 200, ['shop/little', 'shop/whole']],
    ['/gate?service=mail', 200, ['mail/lax']],
  ])('of %s is %i', async (path, status, slos) => {
    const answer = await app.ask('GET', path);
    expect(answer.status).toBe(status);
    expect((answer.json['gates'] as { slo: string }[]).map(({ slo }) => slo)).toEqual(slos);
  });

  it.each([
    ['/gate', 422],
    ['/gate?service=shpo', 404],
    ['/gate?service=shop&label.tier=9', 404],
    ['/gate?name=spent', 422],
    ['/slos/shop/nothing/gate', 404],
    [`${SPENT}?at=2026-10-30T00:00:00Z`, 422],
    [`${SPENT}?label.endpoint=%2Fcars`, 422],
  ])('of %s is refused with %i', async (path, status) => {
    expect((await app.ask('GET', path)).status).toBe(status);
  });
});
