import { problemLine } from '../yaml/problem';
import { readAuthentication, readCalledBy } from './authentication';
import { hostname } from 'node:os';
import type { AlertmanagerConfig, Config, DatasourceConfig } from './config';
import { type FileSettings, NO_FILE, readConfigFile } from './config-file';
import { ConfigRefused } from './config-refused';
import { DATASOURCE_DEFAULTS, DEFAULT_SCRAPE_INTERVAL } from './datasource';
import { type Env, Environment } from './environment';
import { alertmanagerAt } from './receivers';
import { readSourceAddress } from './source-address';

/** Reads a file as text; throws as `readFileSync` does. */
export type ReadFile = (path: string) => string;

export interface LoadedConfig {
  readonly config: Config;
  /** What is accepted but worth a look, for the log. */
  readonly warnings: readonly string[];
}

const DEFAULT_FILE = './slowburn.yaml';
const DEFAULT_PROMETHEUS = 'http://127.0.0.1:9090';

/**
 * The configuration of file and environment, frozen.
 *
 * @throws ConfigRefused with every fault of both at once
 */
export function loadConfig(env: Env, readFile: ReadFile): LoadedConfig {
  const environment = new Environment(env);
  const { settings, errors, warnings } = readSettings(environment, readFile);
  const host = environment.host('HOST', '127.0.0.1');
  const port = environment.port('PORT', 8080);
  const externalUrl = readExternalUrl(environment, host, port);
  const config: Config = {
    datasources: readDatasources(environment, settings, warnings),
    alertmanagers: readAlertmanagers(environment, settings, warnings),
    webhooks: settings.webhooks,
    reports: settings.reports,
    externalUrl,
    runbookBaseUrl: readUrl(environment, 'RUNBOOK_BASE_URL') ?? externalUrl,
    databaseUrl: readDatabaseUrl(environment),
    dataDir: environment.text('DATA_DIR') ?? './data',
    sloDir: environment.text('SLO_DIR') ?? './slos',
    host,
    port,
    ...readAuthentication(environment, host),
    calledBy: readCalledBy(environment, host, externalUrl),
    evaluationIntervalSeconds: environment.seconds('EVALUATION_INTERVAL', '60s', '10m'),
    queryDelaySeconds: environment.seconds('QUERY_DELAY', '30s', '10m'),
    reportTimeZone: environment.timeZone('REPORT_TIME_ZONE', 'UTC'),
    historyRetentionSeconds: settings.historyRetentionSeconds,
    metricLabels: settings.metricLabels,
    metricCompatibility: settings.metricCompatibility,
    logLevel: environment.choice('LOG_LEVEL', ['debug', 'info', 'warn', 'error', 'fatal'], 'info'),
    logFormat: environment.choice('LOG_FORMAT', ['json', 'pretty'], 'json'),
  };
  const problems = [...errors, ...environment.faults];
  if (problems.length > 0) throw new ConfigRefused(problems);
  return { config: frozen(config), warnings };
}

function readSettings(
  environment: Environment,
  readFile: ReadFile,
): { settings: FileSettings; errors: string[]; warnings: string[] } {
  const named = environment.text('SLOWBURN_CONFIG');
  const file = named ?? DEFAULT_FILE;
  let text: string;
  try {
    text = readFile(file);
  } catch (error) {
    const reason = reasonOf(error);
    if (named === null && reason === 'ENOENT')
      return { settings: NO_FILE, errors: [], warnings: [] };
    const what = named === null ? file : 'SLOWBURN_CONFIG';
    const fault = `${what} is ${JSON.stringify(file)}, which cannot be read (${reason}), allowed: a readable YAML file`;
    return { settings: NO_FILE, errors: [fault], warnings: [] };
  }
  const { settings, problems } = readConfigFile(text, file);
  const lines = (severity: 'error' | 'warning'): string[] =>
    problems.filter((problem) => problem.severity === severity).map(problemLine);
  return { settings, errors: lines('error'), warnings: lines('warning') };
}

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
  return String(code);
}

/** The file's data sources, and `default` of the environment unless the file names it or stands alone. */
function readDatasources(
  environment: Environment,
  { datasources }: FileSettings,
  warnings: string[],
): readonly DatasourceConfig[] {
  const written = environment.text('PROMETHEUS_URL');
  const scrapeIntervalSeconds = environment.seconds(
    'SCRAPE_INTERVAL',
    DEFAULT_SCRAPE_INTERVAL,
    '10m',
  );
  const address = readSourceAddress(written ?? DEFAULT_PROMETHEUS);
  if ('fault' in address) {
    environment.complain(`PROMETHEUS_URL ${address.fault}`);
    return datasources;
  }
  if (datasources.some(({ name }) => name === 'default')) {
    if (written !== null) {
      warnings.push(
        'PROMETHEUS_URL is ignored: the configuration file defines the data source "default" itself',
      );
    }
    return datasources;
  }
  if (written === null && datasources.length > 0) return datasources;
  const source: DatasourceConfig = {
    ...DATASOURCE_DEFAULTS,
    name: 'default',
    url: address.url,
    scrapeIntervalSeconds,
    headers: {},
    bearerTokenFile: null,
    basicAuth: null,
    tls: null,
  };
  return [source, ...datasources];
}

/** The file's, and those of the environment: all of them are told. */
function readAlertmanagers(
  environment: Environment,
  { alertmanagers }: FileSettings,
  warnings: string[],
): readonly AlertmanagerConfig[] {
  const all = [...alertmanagers];
  for (const text of environment.text('ALERTMANAGER_URL')?.split(',') ?? []) {
    const read = alertmanagerAt(text.trim());
    if ('fault' in read) environment.complain(`ALERTMANAGER_URL ${read.fault}`);
    else if (all.some(({ url }) => url === read.url)) {
      warnings.push(`ALERTMANAGER_URL names ${read.url} a second time, which is told once`);
    } else all.push(read);
  }
  return all;
}

/** Where people reach this service: what the environment says, else where it listens. */
function readExternalUrl(environment: Environment, host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? hostname() : host;
  const usual = `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  return readUrl(environment, 'EXTERNAL_URL') ?? usual;
}

function readUrl(environment: Environment, variable: string): string | null {
  const written = environment.text(variable);
  if (written === null) return null;
  const address = readSourceAddress(written, 'https://slo.example.com');
  if ('url' in address) return address.url;
  environment.complain(`${variable} ${address.fault}`);
  return '';
}

function readDatabaseUrl(environment: Environment): string | null {
  const text = environment.text('DATABASE_URL');
  if (text === null) return null;
  const parsed = URL.canParse(text) ? new URL(text) : null;
  // No host is fine: `postgres:///slowburn?host=/run/postgresql` asks a socket.
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol) || parsed.pathname.length < 2) {
    environment.complain(
      'DATABASE_URL is not shown here, allowed: postgres://user:password@host:5432/database',
    );
  }
  return text;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
