import { execFile } from 'node:child_process';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TlsConfig } from '../../src/config/config';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from '../support/datasource';

const run = promisify(execFile);
const NO_TLS: TlsConfig = {
  caFile: null,
  certFile: null,
  keyFile: null,
  serverName: null,
  insecureSkipVerify: false,
};

/** Certificates of an authority made here, by the openssl command. */
describe('a data source behind TLS', () => {
  let dir: string;
  let server: Server;
  let url: string;
  let clients: (string | null)[];
  let source: PrometheusSeriesSource | undefined;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'slowburn-tls-'));
    await authority('ca');
    await authority('stranger');
    await certificate('server', 'ca', 'subjectAltName=DNS:prometheus.test');
    await certificate('client', 'ca', 'subjectAltName=DNS:slowburn.test');
    const read = (name: string) => readFile(join(dir, name));
    server = createServer(
      {
        ca: await read('ca.pem'),
        cert: await read('server.pem'),
        key: await read('server.key'),
        requestCert: true,
        rejectUnauthorized: false,
      },
      (request, response) => {
        const socket = request.socket as TLSSocket;
        clients.push(socket.authorized ? String(socket.getPeerCertificate().subject.CN) : null);
        response.end('{"status":"success","data":{"resultType":"vector","result":[]}}');
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 60_000);

  beforeEach(() => {
    clients = [];
  });

  afterEach(() => source?.close());

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(dir, { recursive: true });
  });

  async function ask(tls: Partial<TlsConfig>): Promise<unknown> {
    source?.close();
    source = new PrometheusSeriesSource([datasource(url, { tls: { ...NO_TLS, ...tls } })], {
      maxTries: 1,
    });
    return source.instant('default', 'up', 1);
  }

  it('is believed when its authority and its name are the configured ones', async () => {
    const tls = { caFile: join(dir, 'ca.pem'), serverName: 'prometheus.test' };
    await expect(ask(tls)).resolves.toEqual([]);
    expect(clients).toEqual([null]);
  });

  it.each([
    ['of an unknown authority', {}, /unable to verify|self.signed/i],
    ['with another name', { ca: 'ca.pem', serverName: 'other.test' }, /other\.test/],
    ['of another authority', { ca: 'stranger.pem' }, /unable to verify|self.signed/i],
  ])(
    'is not believed when its certificate is %s',
    async (_, { ca, serverName }: { ca?: string; serverName?: string }, message) => {
      const tls = {
        caFile: ca === undefined ? null : join(dir, ca),
        serverName: serverName ?? 'prometheus.test',
      };
      await expect(ask(tls)).rejects.toMatchObject({
        kind: 'unavailable',
        message: expect.stringMatching(message) as string,
      });
      expect(clients).toEqual([]);
    },
  );

  it('is not looked at when verification is switched off', async () => {
    await expect(ask({ insecureSkipVerify: true })).resolves.toEqual([]);
  });

  it('sees our certificate', async () => {
    const files = { certFile: join(dir, 'client.pem'), keyFile: join(dir, 'client.key') };
    await ask({ ...files, caFile: join(dir, 'ca.pem'), serverName: 'prometheus.test' });
    expect(clients).toEqual(['client']);
  });

  it('is believed again once the right authority is put into the file', async () => {
    const caFile = join(dir, 'rotated.pem');
    await copyFile(join(dir, 'stranger.pem'), caFile);
    await expect(ask({ caFile, serverName: 'prometheus.test' })).rejects.toThrow();
    await writeFile(caFile, await readFile(join(dir, 'ca.pem')));
    await expect(source?.instant('default', 'up', 1)).resolves.toEqual([]);
  });

  async function authority(name: string): Promise<void> {
    await openssl('req', '-x509', '-nodes', '-days', '2', '-subj', `/CN=${name}`, ...newKey(name));
  }

  async function certificate(name: string, issuer: string, extension: string): Promise<void> {
    const issuedBy = ['-CA', join(dir, `${issuer}.pem`), '-CAkey', join(dir, `${issuer}.key`)];
    const common = ['-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', extension];
    await openssl('req', '-x509', ...issuedBy, ...common, ...newKey(name));
  }

  function newKey(name: string): readonly string[] {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    return [...curve, '-keyout', join(dir, `${name}.key`), '-out', join(dir, `${name}.pem`)];
  }

  async function openssl(...args: readonly string[]): Promise<void> {
    await run('openssl', args);
  }
});
