import { Client } from 'pg';
import { eventually } from '../support/service-ledger';
import { ADMIN, Guarded, LIST, type Made, TOKENS } from './guarded';

jest.setTimeout(120_000);

describe('what is written down of who may', () => {
  let guarded: Guarded;
  beforeAll(async () => {
    guarded = await Guarded.start();
  });
  afterAll(() => guarded.dispose());

  it('is in the audit: every change and every refused attempt, by whom and from where', async () => {
    const boss = await guarded.make('boss', 'admin');
    const made = (await (
      await guarded.as(boss.token, 'POST', TOKENS, {
        body: { name: 'made-by-boss', role: 'viewer' },
      })
    ).json()) as Made;
    const [entry] = await guarded.audited('subject=token:made-by-boss');
    expect(entry).toMatchObject({
      actor: 'token:boss',
      action: 'create-token',
      before: null,
      after: { role: 'viewer', state: 'active' },
      address: '127.0.0.1',
      requestId: expect.any(String) as string,
    });
    const since = new Date().toISOString();
    const refused = await guarded.as(made.token, 'DELETE', `${TOKENS}/${made.id}`, {
      at: guarded.replica,
    });
    expect(refused.status).toBe(403);
    const found = await eventually(
      'the refusal is written',
      () => guarded.audited(`actor=token:made-by-boss&action=refuse&since=${since}`),
      (entries) => entries.length > 0,
    );
    expect(found).toMatchObject([
      { subject: `DELETE ${TOKENS}/${made.id}`, after: { status: 403 }, address: '127.0.0.1' },
    ]);
    expect(found[0]?.requestId).toBe(refused.headers.get('x-request-id'));
  });

  it('pages through the audit without a row twice or none', async () => {
    for (let i = 0; i < 11; i += 1) await guarded.make(`paged-${i}`, 'viewer');
    const all = await guarded.audited('action=create-token');
    const paged: unknown[] = [];
    let cursor = '';
    do {
      const answer = await guarded.as(
        ADMIN,
        'GET',
        `/api/v1/audit?action=create-token&limit=2${cursor}`,
      );
      const page = (await answer.json()) as { items: unknown[]; nextCursor: string | null };
      paged.push(...page.items);
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(all.length).toBeGreaterThan(10);
    expect(paged).toEqual(all);
    const wrong = await guarded.as(ADMIN, 'GET', '/api/v1/audit?cursor=eA');
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('cursor')]);
  });

  it('leaves no token in any row of any table, nor in a line of the log', async () => {
    const made = await guarded.make('secret', 'editor');
    const { token, id } = made;
    await guarded.as(token, 'GET', LIST);
    await guarded.as(token, 'GET', `${LIST}/${token}/${token}?at=${token}`);
    await guarded.as(token, 'POST', TOKENS, { body: { name: token, role: token } });
    await guarded.as(ADMIN, 'POST', TOKENS, { body: { name: token, role: token } });
    await guarded.as(null, 'PUT', `/api/v1/definitions/x/${token}`, { body: { name: token } });
    await guarded.as(token, 'PUT', `/api/v1/definitions/x/${token}`, { body: { name: token } });
    await fetch(guarded.service.url + LIST, {
      headers: { authorization: `Bearer ${token}`, 'x-request-id': token },
    });
    await guarded.as(ADMIN, 'DELETE', `${TOKENS}/${id}`);
    await guarded.as(token, 'GET', LIST, { at: guarded.replica });
    await eventually(
      'the last refusal is written',
      () => guarded.audited('action=refuse&actor=anonymous'),
      (entries) => entries.some(({ subject }) => subject.includes('/definitions/x/sb_[redacted]')),
    );
    const dump = await everyRow(guarded.database);
    const digest = await sha256(token);
    expect(dump).toContain(digest);
    const logs = JSON.stringify([
      guarded.service.log(),
      guarded.replica.log(),
      guarded.service.stderr(),
      guarded.replica.stderr(),
    ]);
    expect(logs).toContain('sb_[redacted]');
    for (const part of partsOf(token)) {
      expect(dump).not.toContain(part);
      expect(dump).not.toContain(Buffer.from(part).toString('hex'));
      expect(logs).not.toContain(part);
    }
    for (const text of [dump, logs]) expect(text).not.toContain(ADMIN);
  });

  it('lets ADMIN_TOKEN in while the database is away, and says why others have to wait', async () => {
    const made = await guarded.make('patient', 'viewer');
    expect((await guarded.as(made.token, 'GET', LIST)).status).toBe(200);
    await guarded.postgres.kill();
    try {
      const refused = await guarded.as(made.token, 'GET', LIST);
      expect([refused.status, await refused.json()]).toEqual([
        503,
        expect.objectContaining({ detail: expect.stringContaining('ADMIN_TOKEN') as string }),
      ]);
      expect((await guarded.as(ADMIN, 'GET', LIST)).status).toBe(200);
      expect((await guarded.as(null, 'GET', LIST)).status).toBe(401);
      expect((await guarded.as(null, 'GET', '/health')).status).toBe(200);
    } finally {
      await guarded.postgres.restart();
    }
    await eventually(
      'the token is known again',
      async () => (await guarded.as(made.token, 'GET', LIST)).status,
      (status) => status === 200,
    );
  });

  // Last: it uses up this address' rows of the minute.
  it('writes no more than some rows a minute of a flood of refused attempts', async () => {
    const refusals = async () => (await guarded.audited('action=refuse')).length;
    const before = await refusals();
    const minutes = new Set<number>();
    for (let i = 0; i < 300; i += 1) {
      expect((await guarded.as(null, 'GET', LIST)).status).toBe(401);
      minutes.add(Math.floor(Date.now() / 60_000));
    }
    expect((await refusals()) - before).toBeLessThanOrEqual(10 * (minutes.size + 1));
  });
});

/** Every row of every table as text. */
async function everyRow(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
       from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    expect(tables.rows.map(({ name }) => name)).toContain('public.api_token');
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      texts.push(...rows.map(({ row }) => row));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

/** Every twelve characters of the secret in a row: a part of a token is no more kept than all of it. */
function partsOf(token: string): readonly string[] {
  const secret = token.slice('sb_'.length);
  return Array.from({ length: secret.length - 11 }, (_, from) => secret.slice(from, from + 12));
}

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
}
