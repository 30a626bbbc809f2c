import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { Objective } from '../../src/domain/objective';
import type { Slo } from '../../src/domain/slo';
import { revisionOf } from '../../src/ledger/revision';
import type { Stream } from '../../src/ledger/stream';
import { dataSource } from '../../src/postgres/data-source';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresDefinitionHistory } from '../../src/postgres/postgres-definition-history';
import { PostgresDefinitionStore } from '../../src/postgres/postgres-definition-store';
import { PostgresLedger } from '../../src/postgres/postgres-ledger';
import { PostgresWantedHistory } from '../../src/postgres/postgres-wanted-history';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { slo } from '../support/slo';

jest.setTimeout(60_000);

const MONDAY = Date.UTC(2026, 10, 16) / 1000;
const [TUESDAY, WEDNESDAY, THURSDAY] = [1, 2, 3].map((days) => MONDAY + days * 86_400) as [
  number,
  number,
  number,
];

describe('an SLO that is renamed', () => {
  const old = slo();
  const renamed = slo({ name: 'failures', renamedFrom: 'api/errors' });
  let server: PostgresServer;
  let source: DataSource;
  let pool: Pool;
  let ledger: PostgresLedger;
  let history: PostgresDefinitionHistory;
  let store: PostgresDefinitionStore;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    const url = await migratedDatabase(server);
    source = await dataSource(url).initialize();
    pool = openPool(url, () => undefined);
    ledger = new PostgresLedger(new Database(pool), 400 * 86_400);
    history = new PostgresDefinitionHistory(source);
    store = new PostgresDefinitionStore(source, () => TUESDAY);
  });
  afterEach(async () => {
    await pool.end();
    await source.destroy();
  });

  const record = (now: number, ...slos: readonly Slo[]) =>
    history.record(
      slos.map((one) => ({ slo: one, origin: 'a.yaml:3', text: () => 'text' })),
      now,
    );
  const begin = async (of: Slo, startsAt: number, zone = 'a'): Promise<Stream> => {
    const { service, name } = of;
    const key = { service, name, group: { zone }, revision: revisionOf(of) };
    const [stream] = await ledger.open([{ ...key, scale: 1n, startsAt }]);
    if (stream === undefined) throw new Error('it was just begun');
    return stream;
  };
  const names = async () => {
    const streams = await ledger.streams([revisionOf(old)]);
    return new Map(streams.map(({ id, name }) => [id, name]));
  };

  it('takes along what history was asked for', async () => {
    const wanted = new PostgresWantedHistory(new Database(pool));
    const by = { id: 'admin', role: 'admin', requestId: 'r-1', address: '203.0.113.7' } as const;
    const asked = { service: 'api', name: 'errors', revision: revisionOf(old) };
    await begin(old, MONDAY);
    await wanted.ask(asked, MONDAY - 90 * 86_400, by);
    await record(MONDAY, old);
    await record(TUESDAY, renamed);
    expect(await wanted.all()).toMatchObject([
      { ...asked, name: 'failures', from: MONDAY - 90 * 86_400, askedBy: 'admin' },
    ]);
  });

  it('takes its streams along, whatever their group', async () => {
    const [a, b] = [await begin(old, MONDAY), await begin(old, MONDAY, 'b')];
    await record(MONDAY, old);
    await record(TUESDAY, renamed);
    expect(await names()).toEqual(
      new Map([
        [a.id, 'failures'],
        [b.id, 'failures'],
      ]),
    );
    expect(
      await source.query(`select subject, before, after from audit where action = 'rename'`),
    ).toEqual([
      {
        subject: 'api/failures',
        before: { slo: 'api/errors' },
        after: { slo: 'api/failures', streams: 2 },
      },
    ]);
  });

  it('waits until the earlier name is no longer defined', async () => {
    const { id } = await begin(old, MONDAY);
    await record(MONDAY, old, renamed);
    expect((await names()).get(id)).toBe('errors');
    await record(TUESDAY, renamed);
    expect((await names()).get(id)).toBe('failures');
  });

  it('changes places with a stream that a tick began under the new name', async () => {
    const long = await begin(old, MONDAY);
    await record(MONDAY, old);
    const short = await begin(renamed, MONDAY + 300);
    await record(TUESDAY, renamed);
    expect(await names()).toEqual(
      new Map([
        [long.id, 'failures'],
        [short.id, 'errors'],
      ]),
    );
  });

  it('keeps what it has where that is more than the earlier name knew', async () => {
    const stopped = await begin(old, MONDAY);
    await record(MONDAY, old);
    const own = await begin(renamed, TUESDAY);
    await record(WEDNESDAY, renamed);
    expect(await names()).toEqual(
      new Map([
        [stopped.id, 'errors'],
        [own.id, 'failures'],
      ]),
    );
  });

  it('is renamed once, and again after it was renamed back', async () => {
    const { id } = await begin(old, MONDAY);
    await record(MONDAY, old);
    await record(TUESDAY, renamed);
    await record(TUESDAY + 60, slo({ ...renamed, objective: Objective.parse('0.99') }));
    const back = slo({ renamedFrom: 'api/failures' });
    await record(WEDNESDAY, back);
    expect((await names()).get(id)).toBe('errors');
    await record(THURSDAY, renamed);
    expect((await names()).get(id)).toBe('failures');
    expect(await source.query(`select count(*)::int as n from slo_rename`)).toEqual([{ n: 3 }]);
  });

  it('has the revisions and objectives of its earlier names', async () => {
    await record(MONDAY, slo({ objective: Objective.parse('0.9') }));
    await record(MONDAY + 60, old);
    await record(TUESDAY, renamed);
    await record(WEDNESDAY, slo({ name: 'third', renamedFrom: 'api/failures' }));
    const revisions = await history.revisionsOf('api', 'third');
    expect(revisions.map((revision) => revision.slo)).toEqual([
      'api/third',
      'api/failures',
      'api/errors',
      'api/errors',
    ]);
    expect((await history.objectives()).get('api/third')).toEqual([
      { since: MONDAY, objective: '0.9' },
      { since: MONDAY + 60, objective: '0.999' },
      { since: TUESDAY, objective: '0.999' },
      { since: WEDNESDAY, objective: '0.999' },
    ]);
  });

  it('does not get what is defined later under its earlier name', async () => {
    await record(MONDAY, old);
    await record(TUESDAY, renamed);
    await record(WEDNESDAY, renamed, slo({ objective: Objective.parse('0.5') }));
    const revisions = await history.revisionsOf('api', 'failures');
    expect(revisions.map(({ objective }) => objective)).toEqual(['0.999', '0.999']);
    expect((await history.objectives()).get('api/failures')).toBeUndefined();
  });

  it('is where its earlier name leads to', async () => {
    await record(MONDAY, old);
    expect(await store.past('api', 'errors')).toBeNull();
    await record(TUESDAY, renamed);
    const now = { kind: 'renamed', service: 'api', name: 'failures' };
    expect(await store.past('api', 'errors')).toEqual(now);
    await record(WEDNESDAY, renamed, old);
    await record(THURSDAY, renamed);
    expect(await store.past('api', 'errors')).toEqual({
      kind: 'retired',
      at: THURSDAY,
      text: 'text',
    });
    expect(await store.past('api', 'never')).toBeNull();
  });

  it('is renamed over the API in the transaction that defines it', async () => {
    const change = (of: Slo, expected: number | null, becomes: boolean) => ({
      service: of.service,
      name: of.name,
      expected,
      becomes: becomes ? { slo: of, text: 'text' } : null,
    });
    const by = { actor: 'token:ana', requestId: 'r', address: '127.0.0.1' };
    const { id } = await begin(old, MONDAY);
    await store.change([change(old, null, true)], by);
    await store.change([change(old, 1, false), change(renamed, null, true)], by);
    expect((await names()).get(id)).toBe('failures');
    const [row] = await source.query<{ actor: string }[]>(
      `select actor from audit where action = 'rename'`,
    );
    expect(row?.actor).toBe('token:ana');
  });
});
