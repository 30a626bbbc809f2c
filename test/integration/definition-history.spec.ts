import type { DataSource } from 'typeorm';
import { Objective } from '../../src/domain/objective';
import { revisionOf } from '../../src/ledger/revision';
import { dataSource } from '../../src/postgres/data-source';
import { PostgresDefinitionHistory } from '../../src/postgres/postgres-definition-history';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { slo } from '../support/slo';

describe('the history of definitions', () => {
  const monday = Date.UTC(2026, 10, 16) / 1000;
  const [tuesday, wednesday] = [monday + 86_400, monday + 2 * 86_400];
  const first = slo();
  const stricter = slo({ objective: Objective.parse('99.95%') });
  const now = (...slos: readonly (typeof first)[]) =>
    slos.map((one) => ({ slo: one, origin: 'a.yaml:3', text: () => '' }));
  let server: PostgresServer;
  let source: DataSource;
  let history: PostgresDefinitionHistory;

  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);

  afterAll(() => server.stop());

  beforeEach(async () => {
    source = await dataSource(await migratedDatabase(server)).initialize();
    history = new PostgresDefinitionHistory(source);
  });

  afterEach(() => source.destroy());

  async function audited(): Promise<readonly string[]> {
    const rows = await source.query<{ action: string; subject: string }[]>(
      'select action, subject from audit order by id',
    );
    return rows.map(({ action, subject }) => `${action} ${subject}`);
  }

  it('remembers what was defined when, newest first, and audits each change', async () => {
    await history.record(now(first), monday);
    await history.record(now(stricter), tuesday);
    await history.record([], wednesday);
    const revisions = await history.revisionsOf('api', 'errors');
    expect(
      revisions.map(({ objective, validFrom, validTo }) => [objective, validFrom, validTo]),
    ).toEqual([
      ['0.9995', tuesday, wednesday],
      ['0.999', monday, tuesday],
    ]);
    expect(new Set(revisions.map(({ counted }) => counted))).toEqual(new Set([revisionOf(first)]));
    expect(await audited()).toEqual([
      'define api/errors',
      'redefine api/errors',
      'retire api/errors',
    ]);
  });

  it('writes nothing while nothing changes, wherever the definition is written', async () => {
    await history.record(now(first), monday);
    await history.record([{ slo: first, origin: 'b.yaml:70', text: () => '' }], tuesday);
    expect(await history.revisionsOf('api', 'errors')).toHaveLength(1);
    expect(await audited()).toHaveLength(1);
  });

  it('tells the objectives of an SLO that had more than one', async () => {
    const other = slo({ name: 'other' });
    await history.record(now(first, other), monday);
    expect(await history.objectives()).toEqual(new Map());
    await history.record(now(stricter, other), tuesday);
    await history.record(now(first, other), wednesday);
    expect(await history.objectives()).toEqual(
      new Map([
        [
          'api/errors',
          [
            { since: monday, objective: '0.999' },
            { since: tuesday, objective: '0.9995' },
            { since: wednesday, objective: '0.999' },
          ],
        ],
      ]),
    );
  });

  it('is written once by replicas that read the same files', async () => {
    await Promise.all([1, 2, 3, 4].map(() => history.record(now(first), monday)));
    await Promise.all([1, 2, 3, 4].map(() => history.record(now(stricter), tuesday)));
    expect(await audited()).toEqual(['define api/errors', 'redefine api/errors']);
  });

  it('takes an SLO up again that had gone', async () => {
    await history.record(now(first), monday);
    await history.record([], tuesday);
    await history.record(now(first), wednesday);
    const revisions = await history.revisionsOf('api', 'errors');
    expect(revisions.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      [wednesday, null],
      [monday, tuesday],
    ]);
  });
});
