import { problemLine } from '../yaml/problem';
import { readConfigFile } from './config-file';
import { loadConfig } from './load-config';

const TEXT = `
alertmanagers:
  - url: https://am-1.example:9093/base/
    basicAuth: { username: me, passwordFile: am-password }
    timeout: 3s
  - { name: second, url: http://am-2:9093 }
webhooks:
  - name: pager
    url: https://hooks.example/T1?key=k
    secretFile: hook-secret
    headers: { X-Team: sre }
  - { name: inside, url: http://10.0.0.8/hook, secretFile: /run/s, timeout: 30s, allowPrivateAddresses: true }
`;

function webhook(url: string): string {
  return `webhooks: [{name: a, url: "${url}", secretFile: s}]`;
}

describe('receivers of alerts in slowburn.yaml', () => {
  it('are Alertmanagers and webhooks', () => {
    expect(readConfigFile(TEXT, '/etc/slowburn/slowburn.yaml')).toMatchObject({
      settings: {
        alertmanagers: [
          {
            name: 'am-1.example:9093',
            url: 'https://am-1.example:9093/base',
            headers: {},
            bearerTokenFile: null,
            basicAuth: { username: 'me', passwordFile: '/etc/slowburn/am-password' },
            tls: null,
            timeoutSeconds: 3,
          },
          {
            name: 'second',
            url: 'http://am-2:9093',
            headers: {},
            bearerTokenFile: null,
            basicAuth: null,
            tls: null,
            timeoutSeconds: 10,
          },
        ],
        webhooks: [
          {
            name: 'pager',
            url: 'https://hooks.example/T1?key=k',
            secretFile: '/etc/slowburn/hook-secret',
            headers: { 'X-Team': 'sre' },
            tls: null,
            timeoutSeconds: 10,
            allowPrivateAddresses: false,
          },
          {
            name: 'inside',
            url: 'http://10.0.0.8/hook',
            secretFile: '/run/s',
            headers: {},
            tls: null,
            timeoutSeconds: 30,
            allowPrivateAddresses: true,
          },
        ],
      },
      problems: [],
    });
  });

  it.each([
    [
      'alertmanagers: [{url: "am:9093"}]',
      'f:1:23: error: alertmanagers[0].url: url is "am:9093", allowed: an http or https address such as http://alertmanager:9093',
    ],
    [
      'alertmanagers: [{url: http://am:9093}, {url: http://am:9093/b}]',
      'f:1:46: error: alertmanagers[1].url: name is "am:9093" as in alertmanagers[0], allowed: each name once',
    ],
    [
      'alertmanagers: [{url: http://a, timeout: 5m}]',
      'f:1:42: error: alertmanagers[0].timeout: timeout is "5m", allowed: from 1s to 1m',
    ],
    [
      'webhooks: [{name: a, url: "https://hooks/x"}]',
      'f:1:12: error: webhooks[0]: the key "secretFile" is missing: the file that holds the key of the signature',
    ],
    [
      webhook('http://u:hunter2@hooks'),
      'f:1:27: error: webhooks[0].url: url is not shown here, allowed: an address without user, password or fragment (#); the signature tells who sends',
    ],
    [
      webhook('ftp://hooks/hunter2'),
      'f:1:27: error: webhooks[0].url: url is not shown here, allowed: an http or https address',
    ],
    [
      webhook('http://127.1/'),
      'f:1:27: error: webhooks[0].url: url is on a loopback or private address, allowed: one of the internet, or any with allowPrivateAddresses: true',
    ],
    [
      webhook('http://169.254.169.254/latest'),
      'f:1:27: error: webhooks[0].url: url is "http://169.254.169.254", allowed: an http or https address such as https://hooks.example.com, but no link-local one',
    ],
  ])('%j is refused', (text, line) => {
    expect(readConfigFile(text, 'f').problems.map(problemLine)).toEqual([line]);
  });

  it('stand beside those of the environment, each told once', () => {
    const file = 'alertmanagers: [{url: http://am-1:9093, timeout: 3s}]';
    const env = { ALERTMANAGER_URL: 'http://am-1:9093/, http://am-2:9093' };
    const { config, warnings } = loadConfig(env, () => file);
    expect(config.alertmanagers.map(({ name }) => name)).toEqual(['am-1:9093', 'am-2:9093']);
    expect(warnings).toEqual([
      'ALERTMANAGER_URL names http://am-1:9093 a second time, which is told once',
    ]);
  });

  it.each([
    [{ HOST: '10.0.0.1', PORT: '80' }, /^http:\/\/10\.0\.0\.1:80$/],
    [{ HOST: 'fd00::1' }, /^http:\/\/\[fd00::1\]:8080$/],
    [{ HOST: '0.0.0.0' }, /^http:\/\/(?!0\.0\.0\.0)[^/]+:8080$/],
  ])('and links begin with where %j listens', (env, url) => {
    const read = loadConfig({ ...env, ADMIN_TOKEN: 'x'.repeat(32) }, () => '');
    expect(read.config.externalUrl).toMatch(url);
  });
});
