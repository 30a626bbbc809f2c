import { unlink } from 'node:fs/promises';
import { type RunningService, runDelivered, startService } from '../support/service';
import { eventually } from '../support/service-ledger';
import { type Example, type Row, SLOS, startExample, startWithHistory } from './example';

jest.setTimeout(120_000);

const TOKEN = 'a-token-of-thirty-two-characters-0';

interface Collection {
  readonly slos: number;
  readonly problems: readonly { severity: string; file: string; line: number; message: string }[];
}

describe('operating the service', () => {
  let example: Example;
  let service: RunningService;
  beforeAll(async () => {
    example = await startExample();
    service = await startWithHistory(example.env);
  });
  afterAll(async () => {
    await service.stop();
    await example.dispose();
  });

  const collection = () => service.json<Collection>('/api/v1/collection');

  it.each([
    ['pdf', /^%PDF-1\.7[^]*%%EOF\n$/],
    ['xlsx', /^PK/],
  ])('writes the report of this month as %s in a thread', async (format, content) => {
    const month = new Date().toISOString().slice(0, 7);
    const answer = await service.get(`/api/v1/reports/monthly/${month}?format=${format}`);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(content);
  });

  it('takes up a new SLO from SLO_DIR while it runs, and lets it go with its file', async () => {
    const text = SLOS.replace('service: faciliauto', 'service: newcomer');
    const file = await example.write('newcomer.yaml', text);
    await eventually('the new definitions', collection, ({ slos }) => slos === 6);
    expect(await service.json('/api/v1/slos/newcomer/uptime')).toMatchObject({
      slo: 'newcomer/uptime',
      definition: { file, stale: false },
    });
    await unlink(file);
    await eventually('they are gone', collection, ({ slos }) => slos === 3);
    expect((await service.get('/api/v1/slos/newcomer/uptime')).status).toBe(404);
  });

  it('keeps the last good text of a file that turned bad, and says so', async () => {
    await example.write('faciliauto.yaml', SLOS.replace('objective: 99.5%', 'objective: 199.5%'));
    const { problems } = await eventually(
      'the fault is told',
      collection,
      (told) => told.problems.length > 0,
    );
    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        file: expect.stringMatching(/faciliauto\.yaml$/) as string,
        line: 8,
        message: expect.stringContaining('199.5%') as string,
      }),
      expect.objectContaining({
        severity: 'warning',
        message: 'the last good definition stays in force of faciliauto/api-errors',
      }),
    ]);
    expect(await service.json('/api/v1/slos/faciliauto/api-errors')).toMatchObject({
      definition: { objective: '0.995', stale: true },
    });
    expect(await service.json('/api/v1/slos/faciliauto/api-errors/budget')).toMatchObject({
      budget: { remainingRatio: 0.6 },
    });
    await example.write('faciliauto.yaml', SLOS);
    await eventually('the fault is gone', collection, (told) => told.problems.length === 0);
  });

  it('prints a table of all SLOs with `slowburn status`, and rows with --json', async () => {
    const cli = (...args: string[]) =>
      runDelivered({}, 'cli/main.js', ['status', '--url', service.url, ...args]);
    const table = await cli();
    expect([table.code, table.stderr]).toEqual([0, '']);
    expect(table.stdout).toMatch(/api-errors/);
    expect(table.stdout).toMatch(/60(\.0+)? ?%/);
    const rows = JSON.parse((await cli('--json')).stdout) as { readonly items: readonly Row[] };
    expect(rows.items).toHaveLength(4);
  });

  it('ends `slowburn status` with 2 where no service answers', async () => {
    const { code, stderr } = await runDelivered({}, 'cli/main.js', [
      'status',
      '--url',
      'http://127.0.0.1:1',
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('http://127.0.0.1:1')]);
  });

  it('ends `slowburn validate` with 0 for good files, 1 for bad ones, 2 where it cannot read', async () => {
    const validate = (path: string) => runDelivered({}, 'cli/main.js', ['validate', path]);
    const good = await validate(example.sloDir);
    expect([good.code, good.stdout]).toEqual([
      0,
      expect.stringContaining('1 file, 3 SLOs, 0 errors') as string,
    ]);
    const bad = await example.write('bad.txt', SLOS.replace('99.5%', '0'));
    const refused = await validate(bad);
    expect([refused.code, refused.stdout]).toEqual([
      1,
      expect.stringContaining(`${bad}:8:`) as string,
    ]);
    expect((await validate(`${example.sloDir}/missing.yaml`)).code).toBe(2);
  });

  it('goes on from its ledger after a stop, without reading history again', async () => {
    expect(await service.stop()).toBe(0);
    service = await startWithHistory(example.env);
    expect(await service.json('/api/v1/slos/faciliauto/api-errors/budget')).toMatchObject({
      events: { total: 1_000_000 },
    });
    const { sources } = await service.json<{
      sources: { queries: Record<string, number> }[];
    }>('/api/v1/collection');
    expect(service.log().filter(({ context }) => context === 'backfill')).toEqual([]);
    expect(sources[0]?.queries).toMatchObject({ unavailable: 0, rejected: 0 });
  });

  it('closes everything but its health while ADMIN_TOKEN is set', async () => {
    const closed = await startService({ env: { ...example.env, ADMIN_TOKEN: TOKEN } });
    try {
      const paths = ['/api/v1/slos', '/metrics', '/api/docs', '/api/openapi.json', '/nowhere'];
      for (const path of paths) {
        const refused = await closed.get(path);
        expect([path, refused.status]).toEqual([path, 401]);
        expect(refused.headers.get('www-authenticate')).toContain('Bearer');
        const wrong = await closed.get(path, { authorization: `Bearer ${TOKEN}x` });
        expect([path, wrong.status]).toEqual([path, 401]);
        const right = await closed.get(path, { authorization: `Bearer ${TOKEN}` });
        expect([path, right.status]).toEqual([path, path === '/nowhere' ? 404 : 200]);
      }
      expect((await closed.get('/health')).status).toBe(200);
      expect([200, 503]).toContain((await closed.get('/health/ready')).status);
      const asked = await runDelivered({ SLOWBURN_TOKEN: TOKEN }, 'cli/main.js', [
        'status',
        '--url',
        closed.url,
      ]);
      expect(asked.code).toBe(0);
      const unasked = await runDelivered({}, 'cli/main.js', ['status', '--url', closed.url]);
      expect([unasked.code, unasked.stderr]).toEqual([
        2,
        expect.stringContaining('SLOWBURN_TOKEN'),
      ]);
    } finally {
      await closed.stop();
    }
    expect(JSON.stringify(closed.log())).not.toContain(TOKEN);
  });

  it.each([
    ['PORT', { PORT: '80800' }, '80800'],
    ['EVALUATION_INTERVAL', { EVALUATION_INTERVAL: 'soon' }, 'soon'],
    ['PROMETHEUS_URL', { PROMETHEUS_URL: 'ftp://here' }, 'ftp'],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }, 'loud'],
    ['SLOWBURN_CONFIG', { SLOWBURN_CONFIG: '/nowhere/slowburn.yaml' }, '/nowhere/slowburn.yaml'],
    ['ADMIN_TOKEN', { ADMIN_TOKEN: 'short' }, '5 characters'],
    ['ADMIN_TOKEN', { HOST: '0.0.0.0' }, '0.0.0.0'],
    ['AUTH', { HOST: '0.0.0.0', AUTH: 'none' }, '0.0.0.0'],
    ['ADMIN_TOKEN', { AUTH: 'token' }, 'AUTH is "token"'],
  ])('does not start with a wrong %s, names it and ends with 2', async (name, wrong, words) => {
    const { code, stderr } = await runDelivered({ ...example.env, PORT: '0', ...wrong });
    expect(code).toBe(2);
    expect(stderr).toContain(name);
    expect(stderr).toContain(words);
    expect(stderr).toContain('allowed: ');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('names file, line and key of a wrong configuration file', async () => {
    const file = await example.write(
      'slowburn.conf',
      'datasources:\n  - name: default\n    ulr: http://x\n',
    );
    const { code, stderr } = await runDelivered({ ...example.env, SLOWBURN_CONFIG: file });
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}:3:`);
    expect(stderr).toContain('ulr');
  });

  it('ends `slowburn serve` with 2 when it cannot start', async () => {
    const { code, stderr } = await runDelivered({ PORT: 'x' }, 'cli/main.js', ['serve']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('PORT')]);
  });
});
