/** Everything the service is told at its start; frozen. */
export interface Config {
  readonly datasources: readonly DatasourceConfig[];
  /** Null: the embedded Postgres in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly sloDir: string;
  readonly host: string;
  readonly port: number;
  readonly auth: 'none' | 'token';
  readonly adminToken: string | null;
  readonly evaluationIntervalSeconds: number;
  readonly queryDelaySeconds: number;
  readonly reportTimeZone: string;
  readonly historyRetentionSeconds: number;
  readonly metricLabels: readonly string[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly logFormat: 'json' | 'pretty';
}

export interface DatasourceConfig {
  /** How often its targets are scraped; the counting expression has to know. */
  readonly scrapeIntervalSeconds: number;
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bearerTokenFile: string | null;
  readonly basicAuth: { readonly username: string; readonly passwordFile: string } | null;
  readonly tls: TlsConfig | null;
}

/** Files of a private authority and a client certificate. */
export interface TlsConfig {
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly serverName: string | null;
  /** Loud in the log; for test benches only. */
  readonly insecureSkipVerify: boolean;
}

/** Nest's injection token for the frozen configuration. */
export const CONFIG = Symbol('Config');
