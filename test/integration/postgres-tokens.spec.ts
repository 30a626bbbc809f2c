import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { AuditFilter } from '../../src/auth/audit-trail';
import { digestOf, newToken } from '../../src/auth/token';
import type { Token } from '../../src/auth/tokens';
import { LedgerUnavailable } from '../../src/ledger/ledger';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresAuditTrail } from '../../src/postgres/postgres-audit-trail';
import { PostgresTokens } from '../../src/postgres/postgres-tokens';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';

jest.setTimeout(60_000);

const BY = { id: 'admin', role: 'admin', requestId: 'r-1', address: '203.0.113.7' } as const;
const REFUSAL = {
  actor: 'anonymous',
  subject: 'GET /api/v1/slos',
  status: 401,
  requestId: 'r-2',
  address: '203.0.113.8',
};

describe('tokens and the audit in PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let pool: Pool;
  let tokens: PostgresTokens;
  let audit: PostgresAuditTrail;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    url = await migratedDatabase(server);
    pool = openPool(url, () => undefined);
    tokens = new PostgresTokens(new Database(pool));
    audit = new PostgresAuditTrail(new Database(pool));
  });
  afterEach(() => pool.end());

  async function made(
    name = 'ci',
    lifeSeconds: number | null = null,
  ): Promise<{ readonly token: Token; readonly digest: Buffer }> {
    const digest = digestOf(newToken());
    const token = await tokens.add({ name, role: 'editor', digest, lifeSeconds }, BY);
    if (token === null) throw new Error(`${name} is taken`);
    return { token, digest };
  }

  const entries = (filter: AuditFilter = {}) => audit.entries(filter, null, 100);
  const actions = async () => (await entries()).map(({ action }) => action);

  it('are found by their digest alone', async () => {
    const { digest } = await made();
    expect(await tokens.use(digest)).toEqual({ name: 'ci', role: 'editor', digest });
    expect(await tokens.use(digestOf(newToken()))).toBeNull();
  });

  it('end when their time is over, by the clock of the database', async () => {
    const { token, digest } = await made('ci', 3_600);
    expect((token.expiresAt ?? 0) - token.createdAt).toBeCloseTo(3_600, 0);
    expect(await tokens.use(digest)).not.toBeNull();
    await pool.query(`update api_token set expires_at = clock_timestamp()`);
    expect(await tokens.use(digest)).toBeNull();
    expect(await tokens.list(null, 10)).toMatchObject([{ name: 'ci', state: 'expired' }]);
  });

  it('end for every replica when they are revoked', async () => {
    const { token, digest } = await made();
    const other = openPool(url, () => undefined);
    const replica = new PostgresTokens(new Database(other));
    expect(await replica.use(digest)).not.toBeNull();
    expect(await tokens.revoke(token.id, BY)).toMatchObject({ name: 'ci', state: 'revoked' });
    expect(await replica.use(digest)).toBeNull();
    await other.end();
  });

  it('are revoked once: the second time changes nothing and is no change to the audit', async () => {
    const { token } = await made();
    const first = await tokens.revoke(token.id, BY);
    expect(await tokens.revoke(token.id, BY)).toEqual(first);
    expect(await tokens.revoke(randomUUID(), BY)).toBeNull();
    expect(await actions()).toEqual(['revoke-token', 'create-token']);
  });

  it('have a name that nobody else gets, not even after they are revoked', async () => {
    const { token } = await made();
    await tokens.revoke(token.id, BY);
    const again = { name: 'ci', role: 'viewer', lifeSeconds: null } as const;
    const racing = [1, 2, 3].map(() =>
      tokens.add({ ...again, name: 'new', digest: digestOf(newToken()) }, BY),
    );
    const outcomes = await Promise.all(racing);
    expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1);
    expect(await tokens.add({ ...again, digest: digestOf(newToken()) }, BY)).toBeNull();
    expect(await actions()).toEqual(['create-token', 'revoke-token', 'create-token']);
  });

  it('note their last use at most once a minute', async () => {
    const { digest } = await made();
    const lastUsed = async () => (await tokens.list(null, 1))[0]?.lastUsedAt ?? null;
    expect(await lastUsed()).toBeNull();
    await Promise.all(Array.from({ length: 20 }, () => tokens.use(digest)));
    const first = await lastUsed();
    expect(first).not.toBeNull();
    await tokens.use(digest);
    expect(await lastUsed()).toBe(first);
    await pool.query(`update api_token set last_used_at = last_used_at - interval '61 seconds'`);
    await tokens.use(digest);
    expect(await lastUsed()).toBeGreaterThan(first ?? Infinity);
  });

  it('are listed by name, in pages', async () => {
    for (const name of ['b', 'a', 'c']) await made(name);
    const names = async (after: string | null) =>
      (await tokens.list(after, 2)).map(({ name }) => name);
    expect(await names(null)).toEqual(['a', 'b']);
    expect(await names('b')).toEqual(['c']);
  });

  it('leave both states, who, why and from where in the audit', async () => {
    const { token } = await made('ci', 3_600);
    await tokens.revoke(token.id, { ...BY, id: 'token:boss', requestId: 'r-9' });
    const expiresAt = new Date((token.expiresAt ?? 0) * 1000).toISOString();
    const state = { id: token.id, role: 'editor', expiresAt };
    expect(await entries()).toMatchObject([
      {
        actor: 'token:boss',
        action: 'revoke-token',
        subject: 'token:ci',
        before: { ...state, state: 'active' },
        after: { ...state, state: 'revoked' },
        requestId: 'r-9',
        address: '203.0.113.7',
      },
      { actor: 'admin', action: 'create-token', before: null, after: state, requestId: 'r-1' },
    ]);
  });

  it('are not made when the audit cannot be written', async () => {
    await pool.query(`alter table audit add constraint full_disk check (action <> 'create-token')`);
    await expect(made()).rejects.toThrow('full_disk');
    expect(await tokens.list(null, 10)).toEqual([]);
  });

  it('are out of reach, and said to be, while the database is away', async () => {
    await made();
    const away = openPool('postgres://slowburn@127.0.0.1:1/slowburn', () => undefined);
    const unreachable = new PostgresTokens(new Database(away));
    await expect(unreachable.use(digestOf('x'))).rejects.toThrow(LedgerUnavailable);
    await away.end();
  });

  describe('the audit', () => {
    it('tells refused attempts, with the number of those left out', async () => {
      await audit.refused({ ...REFUSAL, leftOut: 0, leftOutElsewhere: 0 });
      await audit.refused({ ...REFUSAL, leftOut: 7, leftOutElsewhere: 2 });
      expect((await entries()).map(({ after }) => after)).toEqual([
        { status: 401, leftOut: 7, leftOutElsewhere: 2 },
        { status: 401 },
      ]);
      expect((await entries())[0]).toMatchObject({
        actor: 'anonymous',
        action: 'refuse',
        subject: 'GET /api/v1/slos',
        before: null,
        requestId: 'r-2',
        address: '203.0.113.8',
      });
    });

    it('is newest first beyond nine rows, too', async () => {
      for (let i = 0; i < 12; i += 1) {
        await audit.refused({ ...REFUSAL, requestId: `r-${i}`, leftOut: 0, leftOutElsewhere: 0 });
      }
      const newestFirst = Array.from({ length: 12 }, (_, i) => `r-${11 - i}`);
      expect((await entries()).map(({ requestId }) => requestId)).toEqual(newestFirst);
    });

    it('is asked by actor, action, subject and time, newest first and in pages', async () => {
      const { token } = await made('a');
      await made('b');
      await tokens.revoke(token.id, { ...BY, id: 'token:b' });
      const subjects = async (filter: AuditFilter) =>
        (await entries(filter)).map(({ action, subject }) => `${action} ${subject}`);
      expect(await subjects({ subject: 'token:a' })).toEqual([
        'revoke-token token:a',
        'create-token token:a',
      ]);
      expect(await subjects({ actor: 'token:b' })).toEqual(['revoke-token token:a']);
      expect(await subjects({ actor: 'admin', action: 'create-token' })).toHaveLength(2);
      const [, second] = await entries();
      expect(await subjects({ since: second?.at })).toEqual([
        'revoke-token token:a',
        'create-token token:b',
      ]);
      expect(await subjects({ since: (second?.at ?? 0) + 3_600 })).toEqual([]);
      expect(await audit.entries({}, second?.id ?? null, 5)).toMatchObject([
        { action: 'create-token', subject: 'token:a' },
      ]);
    });

    it.each(['update audit set actor = $$nobody$$', 'delete from audit', 'truncate audit'])(
      'refuses %p even to the owner of the table',
      async (statement) => {
        await made();
        await expect(pool.query(statement)).rejects.toThrow('the audit is append-only');
        expect(await actions()).toEqual(['create-token']);
      },
    );

    it('serves a role without any right to change the schema', async () => {
      const role = `runtime_${randomUUID().slice(0, 8)}`;
      await server.superuser(`create role ${role}`, `grant ${role} to slowburn`);
      await pool.query(`select slowburn_grant_runtime($1)`, [role]);
      const options = encodeURIComponent(`-c role=${role}`);
      const asRole = openPool(`${url}?options=${options}`, () => undefined);
      const runtime = new PostgresTokens(new Database(asRole));
      const digest = digestOf(newToken());
      const token = await runtime.add(
        { name: 'ci', role: 'viewer', digest, lifeSeconds: null },
        BY,
      );
      expect(await runtime.use(digest)).not.toBeNull();
      expect(await runtime.revoke(token?.id ?? '', BY)).toMatchObject({ state: 'revoked' });
      expect(await new PostgresAuditTrail(new Database(asRole)).entries({}, null, 9)).toHaveLength(
        2,
      );
      await expect(asRole.query('delete from api_token')).rejects.toThrow('permission denied');
      await expect(asRole.query('update audit set actor = $$x$$')).rejects.toThrow(
        'permission denied',
      );
      await asRole.end();
    });
  });
});
