import { eventually } from '../support/service-ledger';
import { EventReader } from '../support/event-reader';
import { ADMIN, Guarded, LIST, TOKENS } from './guarded';

jest.setTimeout(120_000);

/** The only routes that ask for no token. */
const PUBLIC = ['GET /docs/runbooks/{page}', 'GET /health', 'GET /health/ready'];
/** Questions that have a body, and change nothing. */
const ASKED_BY_POST = ['POST /api/v1/slos/{service}/{name}/rehearse'];
/** What a viewer may not read. */
const ONLY_ADMINS_READ = ['GET /api/v1/audit', 'GET /api/v1/tokens'];

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly 'x-access'?: string;
  readonly security?: readonly object[];
}

describe('who may', () => {
  let guarded: Guarded;
  beforeAll(async () => {
    guarded = await Guarded.start();
  });
  afterAll(() => guarded.dispose());

  it('is asked by every route of the document: nobody without a token, no viewer who writes', async () => {
    const document = await guarded.json<OpenApi>('/api/openapi.json');
    const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => ({
        method: method.toUpperCase(),
        path,
        real: path.replaceAll(/\{\w+\}/g, 'some-name'),
      })),
    );
    expect(routes.length).toBeGreaterThan(15);
    const viewer = await guarded.make('document-viewer', 'viewer');
    for (const { method, path, real } of routes) {
      const route = `${method} ${path}`;
      const anonymous = (await guarded.as(null, method, real)).status;
      const seen = (await guarded.as(viewer.token, method, real)).status;
      if (PUBLIC.includes(route)) {
        expect([route, anonymous]).not.toEqual([route, 401]);
        continue;
      }
      expect([route, 'anonymous', anonymous]).toEqual([route, 'anonymous', 401]);
      const asks = method === 'GET' || ASKED_BY_POST.includes(route);
      if (asks && !ONLY_ADMINS_READ.includes(route)) {
        expect([401, 403]).not.toContain(seen);
      } else {
        expect([route, 'viewer', seen]).toEqual([route, 'viewer', 403]);
      }
    }
  });

  it('is asked by the documentation, too, and everywhere else', async () => {
    for (const path of ['/api/docs', '/api/docs/swagger-ui.css', '/api/openapi.json', '/nowhere']) {
      expect([path, (await guarded.as(null, 'GET', path)).status]).toEqual([path, 401]);
    }
  });

  it('is asked of everybody, as the document says, but for health and the runbooks that alerts link to', async () => {
    const document = await guarded.json<OpenApi>('/api/openapi.json');
    const open = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { security }]) => security?.length === 0)
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    );
    expect(open.sort()).toEqual(PUBLIC);
    expect(document.paths[TOKENS]?.['post']?.['x-access']).toBe('admin');
    expect(document.paths[LIST]?.['get']?.['x-access']).toBe('viewer');
  });

  it('changes at once on every replica when a token is made, revoked or expires', async () => {
    const made = await guarded.make('on-call', 'viewer');
    expect((await guarded.as(made.token, 'GET', LIST, { at: guarded.replica })).status).toBe(200);
    const gone = await guarded.as(ADMIN, 'DELETE', `${TOKENS}/${made.id}`);
    expect([gone.status, await gone.json()]).toEqual([
      200,
      expect.objectContaining({ name: 'on-call', state: 'revoked' }),
    ]);
    expect((await guarded.as(made.token, 'GET', LIST, { at: guarded.replica })).status).toBe(401);
    expect((await guarded.as(made.token, 'GET', LIST)).status).toBe(401);

    const brief = await guarded.make('brief', 'viewer', { expiresIn: '1s' });
    await eventually(
      'it is over',
      async () => (await guarded.as(brief.token, 'GET', LIST, { at: guarded.replica })).status,
      (status) => status === 401,
    );
  });

  it('closes a stream of events that is open when its token is revoked', async () => {
    const made = await guarded.make('watching', 'viewer');
    const stream = await EventReader.open(`${guarded.replica.url}/api/v1/events`, {
      authorization: `Bearer ${made.token}`,
    });
    await stream.until('hello');
    expect((await guarded.as(ADMIN, 'DELETE', `${TOKENS}/${made.id}`)).status).toBe(200);
    await stream.end();
  });

  it('tells everybody who they are, and what they may do', async () => {
    const made = await guarded.make('curious', 'editor');
    const me = await guarded.as(made.token, 'GET', '/api/v1/me');
    expect(me.headers.get('cache-control')).toBe('no-store');
    expect(await me.json()).toEqual({
      id: 'token:curious',
      name: 'curious',
      role: 'editor',
      auth: 'token',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      reportTimeZone: 'UTC',
      datasources: ['default'],
      evaluationIntervalSeconds: 60,
    });
    expect(await guarded.json('/api/v1/me')).toMatchObject({
      ...{ id: 'admin', name: null, role: 'admin' },
    });
  });

  it('shows when a token was used, and never what it is', async () => {
    const made = await guarded.make('used', 'viewer', { expiresIn: '90d' });
    await guarded.as(made.token, 'GET', LIST);
    const text = await (await guarded.as(ADMIN, 'GET', `${TOKENS}?limit=1000`)).text();
    expect(text).not.toContain(made.token);
    const { items } = JSON.parse(text) as { items: Record<string, string | null>[] };
    const row = items.find(({ name }) => name === 'used');
    expect(row).toMatchObject({ role: 'viewer', state: 'active', createdBy: 'admin' });
    expect(row?.['lastUsedAt']).not.toBeNull();
    const life = Date.parse(row?.['expiresAt'] ?? '') - Date.parse(row?.['createdAt'] ?? '');
    expect(Math.round(life / 86_400_000)).toBe(90);
    expect(items.map(({ name }) => name)).toEqual(items.map(({ name }) => name).sort());
  });

  it.each([
    [{ name: 'Upper', role: 'viewer' }, 'name', 'Upper'],
    [{ name: 'a', role: 'owner' }, 'role', 'owner'],
    [{ name: 'a', role: 'viewer', expiresIn: '3M' }, 'expiresIn', '3M'],
    [{ name: 'a', role: 'viewer', expiresIn: '11y' }, 'expiresIn', '11y'],
    [{ name: 'a', role: 'viewer', digest: 'x' }, 'digest', 'x'],
  ])('refuses %j, naming %s', async (body, field, value) => {
    const answer = await guarded.as(ADMIN, 'POST', TOKENS, { body });
    expect([answer.status, await answer.json()]).toEqual([
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ field, value })] }),
    ]);
  });

  it('refuses a second token of one name, and an unknown one to revoke', async () => {
    await guarded.make('once', 'viewer');
    const again = await guarded.as(ADMIN, 'POST', TOKENS, {
      body: { name: 'once', role: 'admin' },
    });
    expect(again.status).toBe(409);
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect((await guarded.as(ADMIN, 'DELETE', `${TOKENS}/${unknown}`)).status).toBe(404);
    expect((await guarded.as(ADMIN, 'DELETE', `${TOKENS}/once`)).status).toBe(422);
  });

  describe('on the command line', () => {
    const create = (name: string, role: string) =>
      guarded.cli(ADMIN, ['token', 'create', '--name', name, '--role', role]);

    it('is made, listed and revoked', async () => {
      const created = await create('cli', 'viewer');
      expect([created.code, created.stdout]).toEqual([
        0,
        expect.stringMatching(/^sb_[\w-]{43}\n$/) as string,
      ]);
      const token = created.stdout.trim();
      expect((await guarded.cli(token, ['status'])).code).toBe(0);
      const rows = JSON.parse((await guarded.cli(ADMIN, ['token', 'list', '--json'])).stdout) as {
        readonly items: readonly object[];
      };
      expect(rows.items).toContainEqual(expect.objectContaining({ name: 'cli', state: 'active' }));
      expect((await guarded.cli(ADMIN, ['token', 'revoke', 'cli'])).code).toBe(0);
      const refused = await guarded.cli(token, ['status']);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('revoked')]);
    });

    it('ends with 1 where the answer is no, and with 2 where it could not be asked', async () => {
      const viewer = await guarded.make('cli-viewer', 'viewer');
      const ends = async (
        run: Promise<{ readonly code: number | null; readonly stderr: string }>,
      ) => {
        const { code, stderr } = await run;
        return [code, stderr];
      };
      expect(await ends(guarded.cli(ADMIN, ['token', 'revoke', 'nobody']))).toEqual([
        1,
        expect.stringContaining('cli-viewer'),
      ]);
      expect(await ends(create('cli-viewer', 'viewer'))).toEqual([
        1,
        expect.stringContaining('name'),
      ]);
      expect(await ends(create('x', 'king'))).toEqual([2, expect.stringContaining('editor')]);
      expect(await ends(create('X', 'viewer'))).toEqual([
        2,
        expect.stringContaining('name is "X", allowed: '),
      ]);
      expect(await ends(guarded.cli(viewer.token, ['token', 'list']))).toEqual([
        2,
        expect.stringContaining('token:cli-viewer has the role viewer'),
      ]);
      expect(await ends(guarded.cli(null, ['status']))).toEqual([
        2,
        expect.stringMatching(/SLOWBURN_TOKEN.*token create/),
      ]);
    });

    it('is coloured where that is wanted, and never against NO_COLOR', async () => {
      await guarded.make('colourful', 'viewer');
      const list = async (env: Readonly<Record<string, string>>) =>
        (await guarded.cli(ADMIN, ['token', 'list'], env)).stdout;
      expect(await list({ FORCE_COLOR: '1' })).toContain('\u001b[32mactive');
      expect(await list({ FORCE_COLOR: '1', NO_COLOR: '1' })).toMatch(
        /^colourful +viewer +active /m,
      );
    });
  });
});
