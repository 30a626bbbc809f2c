import { resolve } from 'node:path';
import { parseSeconds } from '../domain/duration';
import type { Path } from '../yaml/problem';
import type { EndpointConfig, TlsConfig } from './config';
import { readSourceAddress } from './source-address';

/** A server that is called, as the schema of slowburn.yaml lets it through. */
export interface WrittenEndpoint {
  readonly url: string;
  readonly bearerTokenFile?: string;
  readonly basicAuth?: { readonly username: string; readonly passwordFile: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: WrittenTls;
}

export interface WrittenTls {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly serverName?: string;
  readonly insecureSkipVerify?: boolean;
}

export type Complain = (path: Path, severity: 'error' | 'warning', message: string) => void;

/** Set by the client itself; from a configuration they would break or bypass it. */
const OWN_HEADERS = ['host', 'content-length', 'content-type', 'connection', 'transfer-encoding'];

/**
 * @param directory where relative paths of files start
 * @param example an address for complaints
 */
export function readEndpoint(
  written: WrittenEndpoint,
  directory: string,
  complain: Complain,
  example?: string,
): EndpointConfig {
  const { basicAuth, bearerTokenFile } = written;
  const address = readSourceAddress(written.url, example);
  if ('fault' in address) complain(['url'], 'error', `url ${address.fault}`);
  if (basicAuth !== undefined && bearerTokenFile !== undefined) {
    complain(
      ['basicAuth'],
      'error',
      'basicAuth stands beside bearerTokenFile, allowed: one of them',
    );
  }
  return {
    url: 'url' in address ? address.url : '',
    headers: readHeaders(written.headers ?? {}, complain),
    bearerTokenFile: bearerTokenFile === undefined ? null : resolve(directory, bearerTokenFile),
    basicAuth:
      basicAuth === undefined
        ? null
        : {
            username: basicAuth.username,
            passwordFile: resolve(directory, basicAuth.passwordFile),
          },
    tls: written.tls === undefined ? null : readTls(written.tls, directory, complain),
  };
}

export function readHeaders(
  headers: Readonly<Record<string, string>>,
  complain: Complain,
): Readonly<Record<string, string>> {
  for (const header of Object.keys(headers)) {
    const name = header.toLowerCase();
    if (name === 'authorization') {
      complain(
        ['headers', header],
        'error',
        `${header} holds a credential, allowed: bearerTokenFile or basicAuth, which keep it in a file of its own`,
      );
    } else if (OWN_HEADERS.includes(name)) {
      complain(
        ['headers', header],
        'error',
        `${header} is set by the client itself, allowed: other headers`,
      );
    }
  }
  return { ...headers };
}

export function readTls(tls: WrittenTls, directory: string, complain: Complain): TlsConfig {
  const { caFile, certFile, keyFile, serverName, insecureSkipVerify = false } = tls;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    const [given, absent] =
      certFile === undefined ? ['keyFile', 'certFile'] : ['certFile', 'keyFile'];
    complain(
      ['tls', given],
      'error',
      `${given} is given without ${absent}, allowed: both or neither`,
    );
  }
  if (insecureSkipVerify) {
    complain(
      ['tls', 'insecureSkipVerify'],
      'warning',
      'insecureSkipVerify is true: whoever sits between can read and forge what this source says; use caFile',
    );
  }
  const path = (file: string | undefined): string | null =>
    file === undefined ? null : resolve(directory, file);
  return {
    caFile: path(caFile),
    certFile: path(certFile),
    keyFile: path(keyFile),
    serverName: serverName ?? null,
    insecureSkipVerify,
  };
}

/** Seconds of a duration, with a complaint where they are not within the limits. */
export function within(
  text: string,
  path: Path,
  least: string,
  most: string,
  complain: Complain,
): number {
  const seconds = parseSeconds(text);
  if (seconds < parseSeconds(least) || seconds > parseSeconds(most)) {
    const message = `${String(path.at(-1))} is ${JSON.stringify(text)}, allowed: from ${least} to ${most}`;
    complain(path, 'error', message);
  }
  return seconds;
}
