import { problemLine } from '../yaml/problem';
import { readConfigFile } from './config-file';
import { loadConfig } from './load-config';

const FULL = `
datasources:
  - name: default
    url: https://prometheus.example/
    scrapeInterval: 10s
    bearerTokenFile: secrets/token
    headers: { X-Scope-OrgID: team-a }
    parameters: { dedup: true, max_source_resolution: 0s, replicas: 2 }
    limits: { maxConcurrent: 8, deadline: 50s }
    rereadHorizon: 30m
    outOfOrderWindow: 2h
  - name: edge
    url: http://edge:9090/prometheus
    externalUrl: https://edge.example/
    basicAuth: { username: me, passwordFile: /run/secrets/password }
    tls: { caFile: ca.pem, certFile: cert.pem, keyFile: key.pem, serverName: edge }
metrics: { labels: [tier, team], compatibility: [sloth, pyrra] }
retention: { history: 800d }
`;

function told(text: string): readonly string[] {
  return readConfigFile(text, 'f').problems.map(problemLine);
}

function source(line: string): string {
  return `datasources:\n  - name: a\n    url: http://a\n    ${line}`;
}

describe('slowburn.yaml', () => {
  it('names the data sources, and what is kept and shown', () => {
    expect(readConfigFile(FULL, '/etc/slowburn/slowburn.yaml')).toEqual({
      settings: {
        datasources: [
          {
            name: 'default',
            url: 'https://prometheus.example',
            scrapeIntervalSeconds: 10,
            headers: { 'X-Scope-OrgID': 'team-a' },
            parameters: { dedup: 'true', max_source_resolution: '0s', replicas: '2' },
            limits: { maxConcurrent: 8, deadlineSeconds: 50 },
            rereadHorizonSeconds: 1_800,
            outOfOrderWindowSeconds: 7_200,
            bearerTokenFile: '/etc/slowburn/secrets/token',
            basicAuth: null,
            tls: null,
          },
          {
            name: 'edge',
            url: 'http://edge:9090/prometheus',
            externalUrl: 'https://edge.example',
            scrapeIntervalSeconds: 15,
            headers: {},
            parameters: {},
            limits: {},
            rereadHorizonSeconds: 600,
            outOfOrderWindowSeconds: 3 * 86_400,
            bearerTokenFile: null,
            basicAuth: { username: 'me', passwordFile: '/run/secrets/password' },
            tls: {
              caFile: '/etc/slowburn/ca.pem',
              certFile: '/etc/slowburn/cert.pem',
              keyFile: '/etc/slowburn/key.pem',
              serverName: 'edge',
              insecureSkipVerify: false,
            },
          },
        ],
        alertmanagers: [],
        webhooks: [],
        reports: { settleSeconds: 21_600, timeZones: [], notes: [], deliveries: [] },
        metricLabels: ['tier', 'team'],
        metricCompatibility: ['sloth', 'pyrra'],
        historyRetentionSeconds: 800 * 86_400,
      },
      problems: [],
    });
  });

  it('may be empty', () => {
    expect(readConfigFile('# nothing yet\n', 'f').problems).toEqual([]);
  });

  it.each([
    [
      'datasorces: []',
      'f:1:1: error: datasorces: the key "datasorces" is unknown (did you mean "datasources"?), allowed: datasources, metrics, retention, alertmanagers, webhooks, reports',
    ],
    [
      'datasources: [{name: a}]',
      'f:1:15: error: datasources[0]: the key "url" is missing: its address, such as http://prometheus:9090',
    ],
    [
      'datasources: [{name: a b, url: http://a}]',
      "f:1:22: error: datasources[0].name: name is \"a b\", allowed: up to 63 letters, digits, '.', '_' and '-', beginning with a letter or digit",
    ],
    [
      'datasources: [{name: a, url: a:9090}]',
      'f:1:30: error: datasources[0].url: url is "a:9090", allowed: an http or https address such as http://prometheus:9090',
    ],
    [
      'datasources: [{name: a, url: "http://u:hunter2@a"}]',
      'f:1:30: error: datasources[0].url: url holds a user or password, allowed: an address without them; use basicAuth or bearerTokenFile of the configuration file',
    ],
    [
      source('externalUrl: "http://u:hunter2@a"'),
      'f:4:18: error: datasources[0].externalUrl: externalUrl holds a user or password, allowed: an address without them; use basicAuth or bearerTokenFile of the configuration file',
    ],
    [
      source('externalUrl: "javascript:alert(1)"'),
      'f:4:18: error: datasources[0].externalUrl: externalUrl is "javascript:alert(1)", allowed: an http or https address such as https://prometheus.example.com',
    ],
    [
      'datasources: [{name: a, url: http://a}, {name: a, url: http://b}]',
      'f:1:48: error: datasources[1].name: name is "a" as in datasources[0], allowed: each name once',
    ],
    [
      source('scrapeInterval: 15'),
      'f:4:21: error: datasources[0].scrapeInterval: scrapeInterval is 15, allowed: text (put it in quotes)',
    ],
    [
      source('scrapeInterval: 0s'),
      'f:4:21: error: datasources[0].scrapeInterval: scrapeInterval is "0s", allowed: a Prometheus duration in whole seconds such as 15s, 5m, 1h30m or 30d',
    ],
    [
      source('password: hunter2'),
      'f:4:5: error: datasources[0].password: the key "password" is unknown, allowed: name, url, externalUrl, scrapeInterval, bearerTokenFile, basicAuth, headers, parameters, limits, rereadHorizon, outOfOrderWindow, tls',
    ],
    [
      source('basicAuth: {username: "a:hunter2", passwordFile: f}'),
      "f:4:27: error: datasources[0].basicAuth.username: username is not shown here, allowed: a name without ':'",
    ],
    [
      source('headers: {Authorization: Bearer hunter2}'),
      'f:4:30: error: datasources[0].headers.Authorization: Authorization holds a credential, allowed: bearerTokenFile or basicAuth, which keep it in a file of its own',
    ],
    [
      source('headers: {host: a}'),
      'f:4:21: error: datasources[0].headers.host: host is set by the client itself, allowed: other headers',
    ],
    [
      source('headers: {X-Key: "hunter2\\r\\nX: y"}'),
      'f:4:22: error: datasources[0].headers.X-Key: X-Key is not shown here, allowed: text of printable ASCII characters',
    ],
    [
      source('headers: {"X Y": a}'),
      'f:4:15: error: datasources[0].headers["X Y"]: the name "X Y" is wrong, allowed: the name of an HTTP header',
    ],
    [
      source('parameters: {query: up}'),
      'f:4:25: error: datasources[0].parameters.query: query is set by every query itself, allowed: other parameters',
    ],
    [
      source('parameters: {"a b": c}'),
      'f:4:18: error: datasources[0].parameters["a b"]: the name "a b" is wrong, allowed: the name of a query parameter',
    ],
    [
      source('parameters: {dedup: [a]}'),
      'f:4:25: error: datasources[0].parameters.dedup: dedup is a list of 1, allowed: a text, a number, true or false',
    ],
    [
      source('limits: {maxConcurrent: 0}'),
      'f:4:29: error: datasources[0].limits.maxConcurrent: maxConcurrent is 0, allowed: a whole number from 1 to 100',
    ],
    [
      source('limits: {deadline: 1h}'),
      'f:4:24: error: datasources[0].limits.deadline: deadline is "1h", allowed: from 1s to 5m',
    ],
    [
      source('rereadHorizon: 2d'),
      'f:4:20: error: datasources[0].rereadHorizon: rereadHorizon is "2d", allowed: from 1m to 1d',
    ],
    [
      source('outOfOrderWindow: 4d'),
      'f:4:23: error: datasources[0].outOfOrderWindow: outOfOrderWindow is "4d", allowed: from 1m to 3d',
    ],
    [
      source('tls: {certFile: c}'),
      'f:4:21: error: datasources[0].tls.certFile: certFile is given without keyFile, allowed: both or neither',
    ],
    [
      'retention: {history: 30d}',
      'f:1:22: error: retention.history: history is "30d", allowed: 35d or longer, so that a monthly window fits',
    ],
    [
      'metrics: {labels: [a-b]}',
      "f:1:20: error: metrics.labels[0]: entry 1 is \"a-b\", allowed: a Prometheus label name: letters, digits and '_', not beginning with a digit or '__'",
    ],
    [
      'a: [hunter2',
      'f:1:12: error: not valid YAML: the indentation is wrong, or a bracket is not closed',
    ],
    [
      'retention: {}\n---\nretention: {}',
      'f:3:1: error: the file holds a second document, allowed: one',
    ],
    ['- a', 'f:1:1: error: the document is a list of 1, allowed: a mapping of keys to values'],
  ])('%j is refused', (text, line) => {
    expect(told(text)).toEqual([line]);
  });

  it('refuses two ways to log in at once', () => {
    const text = `${source('bearerTokenFile: t')}\n    basicAuth: {username: a, passwordFile: p}`;
    expect(told(text)).toEqual([
      'f:5:16: error: datasources[0].basicAuth: basicAuth stands beside bearerTokenFile, allowed: one of them',
    ]);
  });

  it('warns of connections that nobody checks', () => {
    const [line] = told(source('tls: {insecureSkipVerify: true}'));
    expect(line).toMatch(/^f:4:31: warning: datasources\[0\]\.tls\.insecureSkipVerify: /);
  });
});

describe('slowburn.yaml beside the environment', () => {
  const names = (env: Record<string, string>, text: string): readonly string[] =>
    loadConfig(env, () => text).config.datasources.map(({ name, url }) => `${name} ${url}`);
  const edge = 'datasources: [{name: edge, url: http://edge}]';

  it.each([
    [{}, '', ['default http://127.0.0.1:9090']],
    [{}, edge, ['edge http://edge']],
    [{ PROMETHEUS_URL: 'http://p' }, edge, ['default http://p', 'edge http://edge']],
    [{ PROMETHEUS_URL: 'http://p' }, edge.replace('edge', 'default'), ['default http://edge']],
  ])('%j and %j ask %j', (env, text, sources) => {
    expect(names(env, text)).toEqual(sources);
  });

  it('says that PROMETHEUS_URL is not used where the file names the default', () => {
    const { warnings } = loadConfig({ PROMETHEUS_URL: 'http://p' }, () => FULL);
    expect(warnings).toEqual([
      'PROMETHEUS_URL is ignored: the configuration file defines the data source "default" itself',
    ]);
  });

  it('is read from SLOWBURN_CONFIG, otherwise from ./slowburn.yaml', () => {
    const asked: string[] = [];
    const readFile = (path: string): string => {
      asked.push(path);
      return '';
    };
    loadConfig({}, readFile);
    loadConfig({ SLOWBURN_CONFIG: '/etc/s.yaml' }, readFile);
    expect(asked).toEqual(['./slowburn.yaml', '/etc/s.yaml']);
  });

  it('stops the start when it is there but cannot be read', () => {
    const readFile = (): string => {
      throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
    };
    expect(() => loadConfig({}, readFile)).toThrow(
      './slowburn.yaml is "./slowburn.yaml", which cannot be read (EACCES)',
    );
  });
});
