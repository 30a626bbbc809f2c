import fc from 'fast-check';
import { ConfigRefused } from './config-refused';
import { load, refused } from '../../test/support/load-configuration';

const TOKEN = 'an-admin-token-of-forty-characters-12345';

const DEFAULT_SOURCE = {
  name: 'default',
  url: 'http://127.0.0.1:9090',
  scrapeIntervalSeconds: 15,
  headers: {},
  parameters: {},
  limits: {},
  rereadHorizonSeconds: 600,
  outOfOrderWindowSeconds: 3 * 86_400,
  bearerTokenFile: null,
  basicAuth: null,
  tls: null,
};

const ALERTMANAGER = {
  headers: {},
  bearerTokenFile: null,
  basicAuth: null,
  tls: null,
  timeoutSeconds: 10,
};

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(load()).toEqual({
      config: {
        datasources: [DEFAULT_SOURCE],
        alertmanagers: [],
        webhooks: [],
        reports: { settleSeconds: 21_600, timeZones: [], notes: [], deliveries: [] },
        externalUrl: 'http://127.0.0.1:8080',
        runbookBaseUrl: 'http://127.0.0.1:8080',
        databaseUrl: null,
        dataDir: './data',
        sloDir: './slos',
        host: '127.0.0.1',
        port: 8080,
        auth: 'none',
        adminToken: null,
        calledBy: { names: [], anyAddress: false },
        evaluationIntervalSeconds: 60,
        queryDelaySeconds: 30,
        reportTimeZone: 'UTC',
        historyRetentionSeconds: 400 * 86_400,
        metricLabels: [],
        metricCompatibility: [],
        logLevel: 'info',
        logFormat: 'json',
      },
      warnings: [],
    });
  });

  it('is what the environment says', () => {
    const { config } = load({
      DATABASE_URL: 'postgres://me:secret@db/slowburn',
      DATA_DIR: '/data',
      PROMETHEUS_URL: 'https://prometheus.example/base/',
      SCRAPE_INTERVAL: '30s',
      ALERTMANAGER_URL: 'http://am-1:9093, https://am-2/base/',
      EXTERNAL_URL: 'https://slo.example/',
      SLO_DIR: '/slos',
      HOST: '0.0.0.0',
      PORT: '0',
      ADMIN_TOKEN: TOKEN,
      ALLOWED_HOSTS: 'Slowburn., slo.example,[::1],localhost',
      EVALUATION_INTERVAL: '30s',
      QUERY_DELAY: '1m',
      REPORT_TIME_ZONE: 'America/Sao_Paulo',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'pretty',
    });
    expect(config).toEqual({
      datasources: [
        { ...DEFAULT_SOURCE, url: 'https://prometheus.example/base', scrapeIntervalSeconds: 30 },
      ],
      alertmanagers: [
        { ...ALERTMANAGER, url: 'http://am-1:9093', name: 'am-1:9093' },
        { ...ALERTMANAGER, url: 'https://am-2/base', name: 'am-2' },
      ],
      webhooks: [],
      reports: { settleSeconds: 21_600, timeZones: [], notes: [], deliveries: [] },
      externalUrl: 'https://slo.example',
      runbookBaseUrl: 'https://slo.example',
      databaseUrl: 'postgres://me:secret@db/slowburn',
      dataDir: '/data',
      sloDir: '/slos',
      host: '0.0.0.0',
      port: 0,
      auth: 'token',
      adminToken: TOKEN,
      calledBy: { names: ['slo.example', 'slowburn'], anyAddress: true },
      evaluationIntervalSeconds: 30,
      queryDelaySeconds: 60,
      reportTimeZone: 'America/Sao_Paulo',
      historyRetentionSeconds: 400 * 86_400,
      metricLabels: [],
      metricCompatibility: [],
      logLevel: 'debug',
      logFormat: 'pretty',
    });
  });

  it('is frozen through and through', () => {
    const { config } = load();
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.datasources[0]?.headers)).toBe(true);
  });

  it('takes an empty variable as not set, as compose files write it', () => {
    expect(load({ PORT: '', DATABASE_URL: ' ', SLOWBURN_CONFIG: '' }).config).toEqual(
      load().config,
    );
  });
});

describe('a variable with a wrong value stops the start', () => {
  it.each([
    ['PORT', 'http', 'PORT is "http", allowed: a port from 0 (any free one) to 65535'],
    ['PORT', '65536', 'PORT is "65536", allowed: a port from 0 (any free one) to 65535'],
    ['PORT', '-1', 'PORT is "-1", allowed: a port from 0 (any free one) to 65535'],
    [
      'HOST',
      'a b',
      'HOST is "a b", allowed: an address or a host name such as 127.0.0.1, 0.0.0.0 or ::',
    ],
    [
      'EVALUATION_INTERVAL',
      '60',
      'EVALUATION_INTERVAL is "60", allowed: a Prometheus duration above zero such as 500ms, 5m, 1h30m or 30d, 1s to 10m',
    ],
    ['EVALUATION_INTERVAL', '1h', 'EVALUATION_INTERVAL is "1h", allowed: 1s to 10m'],
    ['QUERY_DELAY', '500ms', 'QUERY_DELAY is "500ms", allowed: whole seconds, 1s to 10m'],
    [
      'REPORT_TIME_ZONE',
      'Mars',
      'REPORT_TIME_ZONE is "Mars", allowed: an IANA time zone such as Europe/Berlin',
    ],
    ['LOG_LEVEL', 'verbose', 'LOG_LEVEL is "verbose", allowed: debug, info, warn, error, fatal'],
    ['LOG_FORMAT', 'xml', 'LOG_FORMAT is "xml", allowed: json, pretty'],
    [
      'SCRAPE_INTERVAL',
      'x',
      'SCRAPE_INTERVAL is "x", allowed: a Prometheus duration above zero such as 500ms, 5m, 1h30m or 30d, 1s to 10m',
    ],
    ['AUTH', 'basic', 'AUTH is "basic", allowed: none, token'],
    ['AUTH', 'oidc', 'AUTH is "oidc", which is not supported yet, allowed: none, token'],
    [
      'AUTH',
      'token',
      'ADMIN_TOKEN is not set while AUTH is "token", allowed: a secret of at least 32 characters',
    ],
    [
      'ALLOWED_HOSTS',
      'slo.example, slo.example:8080',
      'ALLOWED_HOSTS is "slo.example:8080", allowed: host names without port, such as slo.example.com, separated by commas',
    ],
    ['AUTH_NONE_ANYWHERE', 'yes', 'AUTH_NONE_ANYWHERE is "yes", allowed: true, false'],
    ['ADMIN_TOKEN', 'hunter2', 'ADMIN_TOKEN has 7 characters, allowed: at least 32'],
    [
      'ADMIN_TOKEN',
      `${TOKEN} hunter2`,
      'ADMIN_TOKEN holds spaces or characters outside ASCII, which no header carries, allowed: printable ASCII',
    ],
    [
      'DATABASE_URL',
      'mysql://me:hunter2@db/x',
      'DATABASE_URL is not shown here, allowed: postgres://user:password@host:5432/database',
    ],
    [
      'DATABASE_URL',
      'hunter2',
      'DATABASE_URL is not shown here, allowed: postgres://user:password@host:5432/database',
    ],
    [
      'PROMETHEUS_URL',
      'prometheus:9090',
      'PROMETHEUS_URL is "prometheus:9090", allowed: an http or https address such as http://prometheus:9090',
    ],
    [
      'ALERTMANAGER_URL',
      'http://a,b:9093',
      'ALERTMANAGER_URL is "b:9093", allowed: an http or https address such as http://alertmanager:9093',
    ],
    [
      'EXTERNAL_URL',
      'slo.example',
      'EXTERNAL_URL is "slo.example", allowed: an http or https address such as https://slo.example.com',
    ],
    [
      'PROMETHEUS_URL',
      'file:///etc/passwd',
      'PROMETHEUS_URL is "file:///etc/passwd", allowed: an http or https address such as http://prometheus:9090',
    ],
    [
      'PROMETHEUS_URL',
      'http://me:hunter2@p:9090',
      'PROMETHEUS_URL holds a user or password, allowed: an address without them; use basicAuth or bearerTokenFile of the configuration file',
    ],
    [
      'PROMETHEUS_URL',
      'ftp://me:hunter2@p',
      'PROMETHEUS_URL is not shown here, allowed: an http or https address such as http://prometheus:9090',
    ],
    [
      'PROMETHEUS_URL',
      'http://p?token=hunter2',
      'PROMETHEUS_URL is not shown here, allowed: an address without a query (?) or fragment (#)',
    ],
    [
      'PROMETHEUS_URL',
      'http://2852039166/',
      'PROMETHEUS_URL is "http://2852039166/", allowed: an http or https address such as http://prometheus:9090, but no link-local one',
    ],
    [
      'PROMETHEUS_URL',
      'http://[::ffff:169.254.169.254]',
      'PROMETHEUS_URL is "http://[::ffff:169.254.169.254]", allowed: an http or https address such as http://prometheus:9090, but no link-local one',
    ],
    [
      'SLOWBURN_CONFIG',
      'x.yaml',
      'SLOWBURN_CONFIG is "x.yaml", which cannot be read (ENOENT), allowed: a readable YAML file',
    ],
  ])('%s=%s', (name, value, message) => {
    expect(refused({ [name]: value })).toEqual([message]);
  });

  it('and all of them are told at once, without a secret among them', () => {
    const problems = refused(
      { PORT: 'x', ADMIN_TOKEN: 'hunter2', LOG_LEVEL: 'y' },
      'datasources: [{name: a, url: "http://u:hunter2@p"}]',
    );
    expect(problems).toHaveLength(4);
    expect(problems.join('\n')).not.toContain('hunter2');
    expect(new ConfigRefused(problems).message).toBe(
      `the configuration is refused:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
  });

  it('takes any number of seconds that a duration can say (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (seconds) => {
        expect(load({ QUERY_DELAY: `${seconds}s` }).config.queryDelaySeconds).toBe(seconds);
      }),
    );
  });
});
