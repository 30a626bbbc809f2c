import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AgentOptions } from 'node:https';
import type { EndpointConfig, TlsConfig } from '../config/config';
import { hostOf, isLoopback } from '../config/addresses';
import { WatchedFile } from './watched-file';

/** Sockets and credentials of one server that is called. */
export class Connection {
  readonly httpAgent: HttpAgent;
  private readonly bearerToken: WatchedFile | null;
  private readonly basicAuth: { readonly username: string; readonly password: WatchedFile } | null;
  private readonly tlsFiles: TlsFiles | null;
  private readonly encoding: Readonly<Record<string, string>>;
  private httpsAgent: HttpsAgent | null = null;
  private tlsInUse: readonly (Buffer | null)[] = [];

  constructor(
    private readonly endpoint: EndpointConfig,
    private readonly maxSockets: number,
  ) {
    const { bearerTokenFile, basicAuth, tls } = endpoint;
    this.httpAgent = new HttpAgent({ keepAlive: true, maxSockets });
    this.bearerToken =
      bearerTokenFile === null ? null : new WatchedFile(bearerTokenFile, 'bearerTokenFile');
    this.basicAuth =
      basicAuth === null
        ? null
        : {
            username: basicAuth.username,
            password: new WatchedFile(basicAuth.passwordFile, 'basicAuth.passwordFile'),
          };
    // Within one machine, packing an answer and unpacking it takes longer than sending it as it is.
    const local = isLoopback(hostOf(endpoint.url));
    this.encoding = local ? { 'Accept-Encoding': 'identity' } : {};
    this.tlsFiles = tls === null ? null : tlsFilesOf(tls);
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    const headers = { ...this.encoding, ...this.endpoint.headers };
    if (this.bearerToken !== null) {
      headers['Authorization'] = `Bearer ${await this.bearerToken.readText()}`;
    } else if (this.basicAuth !== null) {
      const pair = `${this.basicAuth.username}:${await this.basicAuth.password.readText()}`;
      headers['Authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
    }
    return headers;
  }

  /** A new agent when a certificate was rotated; requests under way finish on the old one. */
  async tlsAgent(): Promise<HttpsAgent> {
    const { ca = null, cert = null, key = null } = this.tlsFiles ?? {};
    const read = await Promise.all(
      [ca, cert, key].map(async (file) => (file === null ? null : file.read())),
    );
    const unchanged = read.every((content, index) => content === this.tlsInUse[index]);
    if (this.httpsAgent !== null && unchanged) return this.httpsAgent;
    this.httpsAgent = new HttpsAgent(this.agentOptions(read));
    this.tlsInUse = read;
    return this.httpsAgent;
  }

  close(): void {
    this.httpAgent.destroy();
    this.httpsAgent?.destroy();
  }

  private agentOptions(read: readonly (Buffer | null)[]): AgentOptions {
    const [ca, cert, key] = read;
    const { tls } = this.endpoint;
    return {
      keepAlive: true,
      maxSockets: this.maxSockets,
      rejectUnauthorized: tls?.insecureSkipVerify !== true,
      ...(tls?.serverName == null ? {} : { servername: tls.serverName }),
      ...(ca == null ? {} : { ca }),
      ...(cert == null ? {} : { cert }),
      ...(key == null ? {} : { key }),
    };
  }
}

interface TlsFiles {
  readonly ca: WatchedFile | null;
  readonly cert: WatchedFile | null;
  readonly key: WatchedFile | null;
}

function tlsFilesOf(tls: TlsConfig): TlsFiles {
  const watched = (path: string | null, what: string) =>
    path === null ? null : new WatchedFile(path, what);
  return {
    ca: watched(tls.caFile, 'tls.caFile'),
    cert: watched(tls.certFile, 'tls.certFile'),
    key: watched(tls.keyFile, 'tls.keyFile'),
  };
}
