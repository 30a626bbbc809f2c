import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkInstallation } from '../../src/cli/installation';
import { loadConfig } from '../../src/config/load-config';
import { migratedDatabase } from '../support/ledger-database';
import { OddServers } from '../support/odd-server';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import { freePort } from '../support/server-process';

describe('an installation', () => {
  const odd = new OddServers();
  let postgres: PostgresServer;
  let sound: Readonly<Record<string, string>>;
  let home: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    home = await mkdtemp(join(tmpdir(), 'slowburn-installation-'));
    await writeFile(join(home, 'slos.yaml'), '');
    sound = {
      DATABASE_URL: await migratedDatabase(postgres),
      SLO_DIR: home,
      PORT: String(await freePort()),
    };
  }, 60_000);

  afterEach(() => {
    odd.close();
  });

  afterAll(async () => {
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  });

  async function told(over: Readonly<Record<string, string>> = {}) {
    const { config } = loadConfig({ ...sound, ...over }, () => {
      throw Object.assign(new Error('no file'), { code: 'ENOENT' });
    });
    const found = await checkInstallation(config);
    return found.map(({ check, severity, value }) => [severity, check, value]);
  }

  const saying = (pattern: RegExp) => expect.stringMatching(pattern) as string;

  it('that is sound has no findings', async () => {
    expect(await told()).toEqual([]);
  });

  it('whose database was never migrated names what is missing, and leaves it so', async () => {
    const DATABASE_URL = await freshDatabase(postgres);
    const behind = [['warning', 'schema-behind', saying(/lacks Streams\d+.*, Points\d+/)]];
    expect(await told({ DATABASE_URL })).toEqual(behind);
    expect(await told({ DATABASE_URL })).toEqual(behind);
  });

  it('whose database does not answer is told without its password', async () => {
    const found = await told({ DATABASE_URL: 'postgres://me:hidden@127.0.0.1:1/slowburn' });
    expect(found).toEqual([['error', 'database-unreachable', saying(/ECONNREFUSED/)]]);
    expect(JSON.stringify(found)).not.toContain('hidden');
  });

  it('whose definitions are not there, or none, is told', async () => {
    expect(await told({ SLO_DIR: join(home, 'nowhere') })).toEqual([
      ['error', 'definitions-directory', saying(/nowhere cannot be read: it does not exist/)],
    ]);
    const empty = await mkdtemp(join(home, 'empty-'));
    expect(await told({ SLO_DIR: empty })).toEqual([
      ['info', 'definitions-directory', saying(/holds no \.yaml/)],
    ]);
  });

  it('whose port is held by something else is told, but not by a Slowburn', async () => {
    const stranger = await odd.serve((_, response) => response.end('hello'));
    expect(await told({ PORT: new URL(stranger).port })).toEqual([
      ['error', 'port-taken', saying(/EADDRINUSE/)],
    ]);
    const own = await odd.serve((_, response) =>
      response.end('{"status":"healthy","timestamp":"2026-11-20T12:00:00Z"}'),
    );
    expect(await told({ PORT: new URL(own).port })).toEqual([]);
  });

  it('with an embedded database is asked whether its directory can be made', async () => {
    const DATABASE_URL = '';
    expect(await told({ DATABASE_URL, DATA_DIR: join(home, 'a', 'b') })).toEqual([]);
    expect(await told({ DATABASE_URL, DATA_DIR: join(home, 'slos.yaml', 'b') })).toEqual([
      ['error', 'data-directory', saying(/ENOTDIR/)],
    ]);
  });
});
