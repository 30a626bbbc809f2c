import type { Pool } from 'pg';
import { alertKey, type NewAlert, type OpenAlert } from '../../src/alerting/alert';
import type { Transitions } from '../../src/alerting/alert-log';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresAlertLog } from '../../src/postgres/postgres-alert-log';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';

const AT = Date.parse('2026-11-20T12:00:00Z') / 1000;
const MINUTE = 60;

jest.setTimeout(30_000);

function alert(different: Partial<NewAlert> = {}): NewAlert {
  const figures = { burnLong: 20.5, burnShort: null, bad: 3, total: 4, remainingRatio: -0.25 };
  return {
    alertname: 'SLOErrorBudgetBurn',
    service: 'shop',
    name: 'api-errors',
    group: { zone: 'b', endpoint: '/a"b' },
    kind: 'page',
    severity: 'P0',
    windows: { tier: 'page-quick', longSeconds: 3_600, shortSeconds: 300, factor: 14.4 },
    heldBy: null,
    objective: '0.999',
    startedAt: AT,
    atStart: figures,
    labels: { alertname: 'SLOErrorBudgetBurn', text: 'null' },
    annotations: { summary: 'it burns\n😀' },
    ...different,
  };
}

const begins =
  (...begun: readonly NewAlert[]) =>
  (): Transitions => ({ begun, ended: [] });
const ends =
  (at: number) =>
  (open: readonly OpenAlert[]): Transitions => ({
    begun: [],
    ended: open.map(({ id }) => ({ id, endedAt: at, endedBy: 'recovered', atEnd: null })),
  });

describe('alerts in PostgreSQL', () => {
  let server: PostgresServer;
  let pool: Pool;
  let log: PostgresAlertLog;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    pool = openPool(await migratedDatabase(server), () => undefined);
    log = new PostgresAlertLog(new Database(pool));
  });
  afterEach(() => pool.end());

  it('come back as they were written', async () => {
    const without = alert({ alertname: 'SLONoData', group: null, windows: null, kind: 'ticket' });
    const begun = await log.judge(AT, begins(alert(), without));
    const open = { endedAt: null, endedBy: null, atEnd: null };
    expect(begun).toEqual([
      { ...alert(), ...open, id: expect.any(String) as string },
      { ...without, ...open, id: expect.any(String) as string },
    ]);
    expect([...(await log.list({}, null, 10))].reverse()).toEqual(begun);
    expect((await log.open()).map(({ id, key }) => [id, key])).toEqual(
      begun?.map((each) => [each.id, alertKey(each)]),
    );
    const figures = { ...alert().atStart, burnLong: 0 };
    const [first] = begun ?? [];
    await log.judge(AT + MINUTE, () => ({
      begun: [],
      ended: [{ id: first?.id ?? '', endedAt: AT + MINUTE, endedBy: 'recovered', atEnd: figures }],
    }));
    const over = { endedAt: AT + MINUTE, endedBy: 'recovered', atEnd: figures };
    expect(await log.list({ state: 'resolved' }, null, 10)).toEqual([{ ...first, ...over }]);
  });

  it('are judged once for each instant, however many replicas do', async () => {
    const replicas = Array.from({ length: 8 }, () => new PostgresAlertLog(new Database(pool)));
    const judged = await Promise.all(replicas.map((each) => each.judge(AT, begins(alert()))));
    expect(judged.filter((changed) => changed !== null)).toHaveLength(1);
    expect(await log.open()).toHaveLength(1);
  });

  it('are not judged by an earlier instant that comes late', async () => {
    await log.judge(AT, begins(alert()));
    expect(await log.judge(AT - MINUTE, ends(AT - MINUTE))).toBeNull();
    expect(await log.open()).toHaveLength(1);
  });

  it('are judged again after a clock that was far ahead was set back', async () => {
    await log.judge(AT + 86_400, begins(alert()));
    // It cannot end before it began.
    const [ended] = (await log.judge(AT, ends(AT))) ?? [];
    expect(ended).toMatchObject({ startedAt: AT, endedAt: AT });
  });

  it('are written wholly or not at all', async () => {
    const twice = begins(alert(), alert({ group: { endpoint: '/a"b', zone: 'b' } }));
    await expect(log.judge(AT, twice)).rejects.toThrow(/alert_open/);
    expect(await log.open()).toEqual([]);
    // The instant is still to be judged.
    expect(await log.judge(AT, begins(alert()))).toHaveLength(1);
  });

  it('are told while they are open and for a while after, but not those that are held back', async () => {
    await log.judge(AT, begins(alert(), alert({ heldBy: 'minEvents' })));
    expect(await log.told(AT)).toHaveLength(1);
    await log.judge(AT + MINUTE, ends(AT + MINUTE));
    expect(await log.told(AT + MINUTE)).toHaveLength(1);
    expect(await log.told(AT + MINUTE + 1)).toEqual([]);
  });

  it('are listed newest first, page by page, by what is asked', async () => {
    const of = (name: string, startedAt: number) =>
      alert({ name, startedAt, severity: name === 'a' ? 'P0' : 'P1', group: { zone: name } });
    await log.judge(AT, begins(of('a', AT)));
    await log.judge(AT + MINUTE, ends(AT + MINUTE));
    await log.judge(AT + 2 * MINUTE, begins(of('b', AT + 2 * MINUTE), of('c', AT + 2 * MINUTE)));
    const names = async (...asked: Parameters<PostgresAlertLog['list']>) =>
      (await log.list(...asked)).map(({ name }) => name);
    expect(await names({}, null, 10)).toEqual(['c', 'b', 'a']);
    const [first] = await log.list({}, null, 1);
    expect(await names({}, first?.id ?? null, 10)).toEqual(['b', 'a']);
    expect(await names({ state: 'firing' }, null, 10)).toEqual(['c', 'b']);
    expect(await names({ severity: 'P0' }, null, 10)).toEqual(['a']);
    expect(await names({ service: 'shop', name: 'b' }, null, 10)).toEqual(['b']);
    expect(await names({ service: 'other' }, null, 10)).toEqual([]);
    expect(await names({ labels: { zone: 'b' } }, null, 10)).toEqual(['b']);
    expect(await names({ labels: { zone: 'b', pod: '' } }, null, 10)).toEqual([]);
    expect(await names({ from: AT + MINUTE + 1 }, null, 10)).toEqual(['c', 'b']);
    expect(await names({ to: AT + MINUTE }, null, 10)).toEqual(['a']);
  });
});
