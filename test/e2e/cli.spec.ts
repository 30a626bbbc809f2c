import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counted } from '../support/native-text';
import { runDelivered } from '../support/service';

/** Nobody listens there, and no name of it is looked up. */
const NOWHERE = 'http://127.0.0.1:1';
const SLOTH = [
  'version: prometheus/v1',
  'service: shop',
  'slos:',
  '  - name: errors',
  '    objective: 99',
  '    sli: { raw: { error_ratio_query: "rate(e[{{.window}}]) / rate(t[{{.window}}])" } }',
].join('\n');

const COMMANDS = [
  ['serve'],
  ['status'],
  ['validate'],
  ['doctor'],
  ['backfill'],
  ['import'],
  ['token'],
  ['token', 'create'],
  ['token', 'list'],
  ['token', 'revoke'],
  ['migrate'],
] as const;

describe('slowburn', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'slowburn-cli-'));
    await writeFile(join(directory, 'good.yaml'), counted());
    await writeFile(join(directory, 'bad.yaml'), counted().replace('99%', '\u001b[31m99,9'));
    await writeFile(join(directory, 'sloth.yaml'), SLOTH);
    await writeFile(join(directory, 'slowburn.yaml'), 'datasource: []\n');
  });
  afterAll(() => rm(directory, { recursive: true }));

  function slowburn(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const places = args.map((each) => each.replace('D/', `${directory}/`));
    return runDelivered({ SLOWBURN_URL: NOWHERE, ...env }, 'cli/main.js', places);
  }

  it.each([
    [0, ['--help'], {}],
    [0, ['validate', 'D/good.yaml'], {}],
    [1, ['validate', 'D/bad.yaml'], {}],
    [1, ['validate', 'D/good.yaml', 'D/bad.yaml'], {}],
    [2, ['validate', 'D/nowhere.yaml'], {}],
    [2, ['validate'], {}],
    [2, ['validate', '--jsn', 'D/good.yaml'], {}],
    [0, ['import', '--from', 'sloth', 'D/sloth.yaml'], {}],
    [1, ['import', '--from', 'pyrra', 'D/sloth.yaml'], {}],
    [2, ['import', '--from', 'nobl9', 'D/sloth.yaml'], {}],
    [2, ['import', 'D/sloth.yaml'], {}],
    [2, ['import', '--from', 'sloth', '--window', '1d', 'D/sloth.yaml'], {}],
    [2, ['import', '--from', 'sloth', 'D/nowhere'], {}],
    [2, ['status'], {}],
    [2, ['status', '--url', 'no address'], {}],
    [2, ['status', '--service'], {}],
    [2, ['token', 'list'], {}],
    [2, ['token', 'create', '--name', 'ci'], {}],
    [2, ['token', 'create', '--name', 'ci', '--role', 'king'], {}],
    [2, ['token', 'revoke'], {}],
    [2, ['token', 'revoke', 'ci'], {}],
    [2, ['doctor', 'D/nowhere.yaml'], {}],
    [2, ['doctor', '--url', 'http://slo.invalid:1'], {}],
    [2, ['backfill', 'shop/errors', '--from', '2026-06-01'], {}],
    [2, ['backfill', 'shop/errors'], {}],
    [2, ['backfill', 'errors', '--from', '2026-06-01'], {}],
    [2, ['backfill', 'shop/errors', '--from', 'last summer'], {}],
    [2, ['backfill', 'shop/errors', '--from', '2026-06-01T00:00:00'], {}],
    [2, ['migrate'], {}],
    [2, ['migrate'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }],
    [2, ['serve'], { SLOWBURN_CONFIG: 'D/slowburn.yaml' }],
    [2, ['serve', 'now'], {}],
    [2, ['burn'], {}],
    [2, [], {}],
  ])('ends with %i after %j', async (code, args, env: Readonly<Record<string, string>>) => {
    const given = Object.entries(env).map(([name, value]) => [
      name,
      value.replace('D/', `${directory}/`),
    ]);
    const ended = await slowburn(args, Object.fromEntries(given) as typeof env);
    expect({ args, code: ended.code }).toEqual({ args, code });
    // Who could not run says why where people look for it, and without a stack.
    if (code === 2) expect(ended.stderr).not.toBe('');
    expect(ended.stderr).not.toMatch(/^ {4}at /m);
    expect(ended.stdout + ended.stderr).not.toContain('\u001b');
  });

  it.each([
    [
      ['validate', 'D/good.yaml', '--json'],
      ['files', 'slos', 'problems'],
    ],
    [
      ['validate', 'D/bad.yaml', '--json'],
      ['files', 'slos', 'problems'],
    ],
    [
      ['import', '--from', 'sloth', 'D/sloth.yaml', '--json'],
      ['files', 'documents', 'problems'],
    ],
    [
      ['doctor', '--url', 'http://slo.invalid:1', '--json'],
      ['slos', 'findings', 'unfinished'],
    ],
  ])('%j answers with one line of JSON', async (args, keys) => {
    const { stdout } = await slowburn(args);
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(keys);
  });

  it.each(COMMANDS.map((command) => [command.join(' '), command] as const))(
    '%s --help says what it does, with an example',
    async (name, command) => {
      const { code, stdout } = await slowburn([...command, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: slowburn ${name}`);
      if (name !== 'token') expect(stdout).toMatch(/\nExamples:\n {2}(\S+ )?slowburn /);
      const asked = name !== 'serve' && name !== 'token';
      expect(stdout.includes('--json')).toBe(asked);
    },
  );

  it('has colours where they are wanted, and none with NO_COLOR', async () => {
    const forced = await slowburn(['validate', 'D/bad.yaml'], { FORCE_COLOR: '1' });
    expect(forced.stdout).toContain('\u001b[31merror\u001b[39m');
    const refused = await slowburn(['validate', 'D/bad.yaml'], { FORCE_COLOR: '1', NO_COLOR: '1' });
    expect(refused.stdout).not.toContain('\u001b');
  });

  it('does not take another server for the service', async () => {
    const other = createServer((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const ended = await slowburn(['status', '--url', `http://127.0.0.1:${port}`]);
    other.close();
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('Slowburn service')]);
  });
});
