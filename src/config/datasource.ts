import { resolve } from 'node:path';
import { DAY_SECONDS, parseSeconds } from '../domain/duration';
import type { Path } from '../yaml/problem';
import type { DatasourceConfig, DatasourceLimits } from './config';
import { readSourceAddress } from './source-address';

/** A data source as the schema of slowburn.yaml lets it through. */
export interface WrittenDatasource {
  readonly name: string;
  readonly url: string;
  readonly scrapeInterval?: string;
  readonly bearerTokenFile?: string;
  readonly basicAuth?: { readonly username: string; readonly passwordFile: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly limits?: { readonly maxConcurrent?: number; readonly deadline?: string };
  readonly rereadHorizon?: string;
  readonly outOfOrderWindow?: string;
  readonly tls?: WrittenTls;
}

interface WrittenTls {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly serverName?: string;
  readonly insecureSkipVerify?: boolean;
}

type Complain = (path: Path, severity: 'error' | 'warning', message: string) => void;

export const DEFAULT_SCRAPE_INTERVAL = '15s';

/** Set by the client itself; from a configuration they would break or bypass it. */
const OWN_HEADERS = ['host', 'content-length', 'content-type', 'connection', 'transfer-encoding'];
const OWN_PARAMETERS = ['query', 'time', 'start', 'end', 'step', 'timeout', 'match[]', 'match'];

/** What holds for a source of which nothing else is written. */
export const DATASOURCE_DEFAULTS = {
  parameters: {},
  limits: {},
  rereadHorizonSeconds: 600,
  outOfOrderWindowSeconds: 3 * DAY_SECONDS,
} as const satisfies Partial<DatasourceConfig>;

/** @param directory where relative paths of files start */
export function readDatasource(
  written: WrittenDatasource,
  directory: string,
  complain: Complain,
): DatasourceConfig {
  const { name, scrapeInterval = DEFAULT_SCRAPE_INTERVAL, basicAuth, bearerTokenFile } = written;
  const address = readSourceAddress(written.url);
  if ('fault' in address) complain(['url'], 'error', `url ${address.fault}`);
  if (basicAuth !== undefined && bearerTokenFile !== undefined) {
    complain(
      ['basicAuth'],
      'error',
      'basicAuth stands beside bearerTokenFile, allowed: one of them',
    );
  }
  for (const header of Object.keys(written.headers ?? {})) checkHeader(header, complain);
  for (const parameter of Object.keys(written.parameters ?? {})) {
    if (!OWN_PARAMETERS.includes(parameter)) continue;
    const message = `${parameter} is set by every query itself, allowed: other parameters`;
    complain(['parameters', parameter], 'error', message);
  }
  return {
    name,
    url: 'url' in address ? address.url : '',
    scrapeIntervalSeconds: parseSeconds(scrapeInterval),
    headers: { ...written.headers },
    parameters: Object.fromEntries(
      Object.entries(written.parameters ?? {}).map(([key, value]) => [key, String(value)]),
    ),
    limits: readLimits(written.limits ?? {}, complain),
    ...readLateness(written, complain),
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

function readLimits(
  { maxConcurrent, deadline }: NonNullable<WrittenDatasource['limits']>,
  complain: Complain,
): DatasourceLimits {
  return {
    ...(maxConcurrent === undefined ? {} : { maxConcurrent }),
    ...(deadline === undefined
      ? {}
      : {
          deadlineSeconds: within(deadline, ['limits', 'deadline'], '1s', '5m', complain),
        }),
  };
}

/** Minutes are kept for four days: what comes later than three could not be put in its place. */
function readLateness(
  { rereadHorizon, outOfOrderWindow }: WrittenDatasource,
  complain: Complain,
): Pick<DatasourceConfig, 'rereadHorizonSeconds' | 'outOfOrderWindowSeconds'> {
  const { rereadHorizonSeconds, outOfOrderWindowSeconds } = DATASOURCE_DEFAULTS;
  return {
    rereadHorizonSeconds:
      rereadHorizon === undefined
        ? rereadHorizonSeconds
        : within(rereadHorizon, ['rereadHorizon'], '1m', '1d', complain),
    outOfOrderWindowSeconds:
      outOfOrderWindow === undefined
        ? outOfOrderWindowSeconds
        : within(outOfOrderWindow, ['outOfOrderWindow'], '1m', '3d', complain),
  };
}

function within(text: string, path: Path, least: string, most: string, complain: Complain): number {
  const seconds = parseSeconds(text);
  if (seconds < parseSeconds(least) || seconds > parseSeconds(most)) {
    const message = `${String(path.at(-1))} is ${JSON.stringify(text)}, allowed: from ${least} to ${most}`;
    complain(path, 'error', message);
  }
  return seconds;
}

function checkHeader(header: string, complain: Complain): void {
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

function readTls(tls: WrittenTls, directory: string, complain: Complain): DatasourceConfig['tls'] {
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
