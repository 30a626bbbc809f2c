/** Everything the service is told at its start; frozen. */
export interface Config {
  readonly datasources: readonly DatasourceConfig[];
  readonly alertmanagers: readonly AlertmanagerConfig[];
  readonly webhooks: readonly WebhookConfig[];
  readonly reports: ReportsConfig;
  /** Where people reach this service, without a slash at its end; links of alerts begin with it. */
  readonly externalUrl: string;
  /** What a runbook that is a path is relative to, without a slash at its end. */
  readonly runbookBaseUrl: string;
  /** Null: the embedded Postgres in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly sloDir: string;
  readonly host: string;
  readonly port: number;
  readonly auth: 'none' | 'token';
  readonly adminToken: string | null;
  /** The hosts that requests may name where no tokens are asked for. */
  readonly calledBy: {
    /** Names and addresses beside those of loopback, lower case, IPv6 ones without brackets. */
    readonly names: readonly string[];
    readonly anyAddress: boolean;
  };
  readonly evaluationIntervalSeconds: number;
  readonly queryDelaySeconds: number;
  readonly reportTimeZone: string;
  readonly historyRetentionSeconds: number;
  readonly metricLabels: readonly string[];
  /** Whose metric names the figures are exported under as well. */
  readonly metricCompatibility: readonly ('sloth' | 'pyrra')[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly logFormat: 'json' | 'pretty';
}

/** A server that is called, and how one logs in there. */
export interface EndpointConfig {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bearerTokenFile: string | null;
  readonly basicAuth: { readonly username: string; readonly passwordFile: string } | null;
  readonly tls: TlsConfig | null;
}

export interface DatasourceConfig extends EndpointConfig {
  /** How often its targets are scraped; the counting expression has to know. */
  readonly scrapeIntervalSeconds: number;
  readonly name: string;
  /** Where people reach it, for links, without a slash at its end; its `url` where that is left out. */
  readonly externalUrl?: string;
  /** Sent with every request beside the query: `dedup`, `partial_response`, `extra_label`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly limits: DatasourceLimits;
  /** A step without samples closes as missing after this long. */
  readonly rereadHorizonSeconds: number;
  /** Steps that closed without samples are read again for this long. */
  readonly outOfOrderWindowSeconds: number;
}

export interface AlertmanagerConfig extends EndpointConfig {
  /** In metrics and logs; its host and port where nothing else is written. */
  readonly name: string;
  /** Of one request. */
  readonly timeoutSeconds: number;
}

export interface WebhookConfig {
  readonly name: string;
  readonly url: string;
  /** Holds the key of the signature. */
  readonly secretFile: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsConfig | null;
  readonly timeoutSeconds: number;
  /** Whether it may be on a loopback or private address. */
  readonly allowPrivateAddresses: boolean;
}

/** When months are closed, what reports print beside their figures, and who gets them. */
export interface ReportsConfig {
  /** How long after a month's end late samples are waited for. */
  readonly settleSeconds: number;
  /** The zones whose months are closed; `reportTimeZone` where there is none. */
  readonly timeZones: readonly string[];
  readonly notes: readonly NoteConfig[];
  readonly deliveries: readonly DeliveryConfig[];
}

export interface NoteConfig {
  readonly title: string | null;
  readonly text: string;
  /** Null: of all. */
  readonly service: string | null;
}

/** Somebody who gets closed reports, and in which shape. */
export interface DeliveryConfig {
  readonly name: string;
  readonly formats: readonly string[];
  readonly languages: readonly ('en' | 'pt')[];
  /** A report for each of them; none: the whole one. */
  readonly services: readonly string[];
  /** None: of all zones whose months are closed. */
  readonly timeZones: readonly string[];
  /** The first month to deliver, `2026-10`; null: what is closed from the first start with it on. */
  readonly since: string | null;
  readonly to: DirectoryConfig | EmailConfig;
}

export interface DirectoryConfig {
  readonly kind: 'directory';
  readonly path: string;
}

export interface EmailConfig {
  readonly kind: 'email';
  readonly host: string;
  readonly port: number;
  readonly encryption: 'starttls' | 'tls' | 'none';
  readonly tls: TlsConfig | null;
  readonly auth: { readonly username: string; readonly passwordFile: string } | null;
  readonly from: string;
  readonly fromName: string | null;
  readonly to: readonly string[];
  /** Of one message, with all that belongs to it. */
  readonly timeoutSeconds: number;
}

/** How hard a data source may be asked; what is not written has the default. */
export interface DatasourceLimits {
  readonly maxConcurrent?: number;
  readonly deadlineSeconds?: number;
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
