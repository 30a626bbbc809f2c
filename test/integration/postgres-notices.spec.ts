import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { ALERT_NAMES, type NewAlert } from '../../src/alerting/alert';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresAlertLog } from '../../src/postgres/postgres-alert-log';
import { PostgresNotices } from '../../src/postgres/postgres-notices';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';

const NOW = 1_700_000_000;

function begun(service: string): NewAlert {
  const nothing = { burnLong: 1, burnShort: 1, bad: 1, total: 2, remainingRatio: 0 };
  return {
    alertname: ALERT_NAMES.exhausted,
    service,
    name: 'api',
    group: null,
    kind: 'ticket',
    severity: 'ticket',
    windows: null,
    heldBy: null,
    objective: '0.99',
    startedAt: NOW,
    atStart: nothing,
    labels: {},
    annotations: {},
  };
}

describe('what webhooks were told, in PostgreSQL', () => {
  let server: PostgresServer;
  let pool: Pool;
  const replica = (name?: string) => new PostgresNotices(new Database(pool), name);

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    pool = openPool(await migratedDatabase(server), () => undefined);
  });
  afterEach(() => pool.end());

  /** @returns the alerts' ids */
  const alerts = async (...services: string[]): Promise<string[]> => {
    const log = new PostgresAlertLog(new Database(pool));
    const changed = await log.judge(NOW, () => ({ begun: services.map(begun), ended: [] }));
    return (changed ?? []).map(({ id }) => id);
  };

  it('is one replica at a time that tells a webhook, when all want to at once', async () => {
    const replicas = Array.from({ length: 8 }, () => replica());
    const held = await Promise.all(replicas.map((each) => each.hold('hook', 60, NOW)));
    expect(held.filter((since) => since !== null)).toEqual([NOW]);
    const others = await Promise.all(replicas.map((each) => each.hold('other', 60, NOW)));
    expect(others.filter((since) => since !== null)).toHaveLength(1);
  });

  it('goes on with who has it, and since when it is told stays', async () => {
    const [first, second] = [replica(), replica()];
    expect(await first.hold('hook', 60, NOW)).toBe(NOW);
    expect(await first.hold('hook', 60, NOW + 5)).toBe(NOW);
    expect(await second.hold('hook', 60, NOW + 5)).toBeNull();
    await second.release('hook');
    expect(await second.hold('hook', 60, NOW + 5)).toBeNull();
    await first.release('hook');
    expect(await second.hold('hook', 60, NOW + 5)).toBe(NOW);
  });

  it('is taken over from a replica that died, and at once by that one itself', async () => {
    expect(await replica('host:8080').hold('hook', 60, NOW)).toBe(NOW);
    expect(await replica('host:8080').hold('hook', 0.05, NOW)).toBe(NOW);
    await sleep(60);
    expect(await replica('other:8080').hold('hook', 60, NOW)).toBe(NOW);
  });

  it('is remembered for each webhook, once however often it is noted', async () => {
    const [first = '', second = ''] = await alerts('a', 'b');
    const notices = replica();
    await notices.hold('hook', 60, NOW);
    await notices.hold('other', 60, NOW);
    await notices.note('hook', [{ alertId: first, state: 'firing' }]);
    await notices.note('hook', [
      { alertId: first, state: 'firing' },
      { alertId: second, state: 'firing' },
      { alertId: first, state: 'resolved' },
    ]);
    const noted = await replica().noted('hook');
    expect(noted.map(({ alertId, state }) => `${alertId} ${state}`).sort()).toEqual(
      [`${first} firing`, `${first} resolved`, `${second} firing`].sort(),
    );
    expect(await notices.noted('other')).toEqual([]);
  });

  it('is forgotten where it is settled, but never of an alert that is open', async () => {
    const [over = '', open = ''] = await alerts('a', 'b');
    const notices = replica();
    await notices.hold('hook', 60, NOW);
    await notices.note('hook', [
      { alertId: over, state: 'firing' },
      { alertId: over, state: 'resolved' },
      { alertId: open, state: 'firing' },
    ]);
    const log = new PostgresAlertLog(new Database(pool));
    await log.judge(NOW + 60, () => ({
      begun: [],
      ended: [{ id: over, endedAt: NOW + 60, endedBy: 'recovered', atEnd: null }],
    }));
    await notices.settle('hook', NOW + 60);
    expect(await notices.noted('hook')).toHaveLength(3);
    await notices.settle('hook', NOW + 61);
    expect(await notices.noted('hook')).toEqual([{ alertId: open, state: 'firing' }]);
    expect(await notices.hold('hook', 60, NOW)).toBe(NOW + 61);
    await notices.settle('hook', NOW);
    expect(await notices.hold('hook', 60, NOW)).toBe(NOW + 61);
  });
});
