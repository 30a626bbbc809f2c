import type { IncomingMessage } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { GOOD, OddServers } from '../support/odd-server';

describe('credentials', () => {
  const servers = new OddServers();
  let dir: string;
  let seen: IncomingMessage['headers'][];
  let url: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'slowburn-credentials-'));
    seen = [];
    url = await servers.serve((request, response) => {
      seen.push(request.headers);
      response.end(GOOD);
    });
  });

  afterEach(async () => {
    servers.close();
    await rm(dir, { recursive: true });
  });

  it('come from a file that is read again when it changes', async () => {
    const bearerTokenFile = join(dir, 'token');
    await writeFile(bearerTokenFile, 'first\n');
    const source = servers.sourceAt(url, { bearerTokenFile, headers: { 'X-Scope-OrgID': 'team' } });
    await source.instant('default', 'up', 1);
    await writeFile(bearerTokenFile, 'second one\n');
    await source.instant('default', 'up', 1);
    expect(seen.map((headers) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer second one',
    ]);
    expect(seen[0]).toMatchObject({ 'x-scope-orgid': 'team', 'user-agent': 'slowburn' });
  });

  it('work as basic authentication, with an empty password too', async () => {
    const passwordFile = join(dir, 'password');
    await writeFile(passwordFile, '');
    const source = servers.sourceAt(url, { basicAuth: { username: 'me', passwordFile } });
    await source.instant('default', 'up', 1);
    expect(seen[0]?.authorization).toBe(`Basic ${btoa('me:')}`);
  });

  it('are not even read once it is stopping', async () => {
    const source = servers.sourceAt(url, { bearerTokenFile: join(dir, 'none') });
    source.close();
    await expect(source.instant('default', 'up', 1)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('not asked: stopping') as string,
    });
  });

  it('that cannot be read are named, and nothing is sent', async () => {
    const source = servers.sourceAt(url, { bearerTokenFile: join(dir, 'none') });
    await expect(source.instant('default', 'up', 1)).rejects.toMatchObject({
      kind: 'forbidden',
      message: `data source default: cannot read its bearerTokenFile ${join(dir, 'none')}: ENOENT`,
    });
    expect(seen).toEqual([]);
  });

  it('are in no error, whatever went wrong', async () => {
    const bearerTokenFile = join(dir, 'token');
    await writeFile(bearerTokenFile, 'top-secret');
    const away = servers.sourceAt('http://127.0.0.1:9', { bearerTokenFile });
    const failed: unknown = await away
      .instant('default', 'up', 1)
      .catch((reason: unknown) => reason);
    expect(failed).toMatchObject({ kind: 'unavailable' });
    expect(inspect(failed, { depth: 20, showHidden: true })).not.toContain('top-secret');
  });

  it.each([
    ['http://me:pass@host', /url of data source default is "http:\/\/\*\*\*@host\/"/],
    ['http://host/?key=pass', /allowed: http/],
    ['ftp://host', /"ftp:\/\/host"/],
    ['nonsense', /"nonsense"/],
  ])('are not taken from the address, nor is anything odd: %s', (address, message) => {
    expect(() => servers.sourceAt(address)).toThrow(message);
    expect(() => servers.sourceAt(address)).not.toThrow(/me:pass/);
  });
});
