import { problemLine } from '../yaml/problem';
import { readConfigFile } from './config-file';
import { loadConfig } from './load-config';

const TEXT = `
reports:
  settle: 12h
  timeZones: [Europe/Lisbon, America/Sao_Paulo]
  notes:
    - { title: FacilIAuto Ltda, text: "CNPJ 00.000.000/0001-00\\nhttps://faciliauto.example\\n" }
    - { text: Contract 7, service: shop }
  deliveries:
    - { name: archive, formats: [html, json], languages: [pt, en], directory: reports }
    - name: customer
      formats: [xlsx]
      services: [shop]
      timeZones: [Europe/Lisbon]
      since: 2026-09
      email:
        host: smtp.example.com
        tls: { caFile: ca.pem }
        auth: { username: me, passwordFile: /run/secrets/smtp }
        from: reports@example.com
        fromName: FacilIAuto
        to: [a@example.com, b.c+d@sub.example.com]
`;

const told = (text: string): readonly string[] =>
  readConfigFile(text, 'f').problems.map(problemLine);

const mail = (more: string) =>
  `reports: {deliveries: [{name: a, formats: [html], email: {host: h, from: a@b.c, to: [d@e.f], ${more}}}]}`;
const delivery = (more: string) => `reports: {deliveries: [{name: a, formats: [html], ${more}}]}`;

describe('reports in slowburn.yaml', () => {
  it('are closed, noted on and delivered as it says', () => {
    const { settings, problems } = readConfigFile(TEXT, '/etc/slowburn/slowburn.yaml');
    expect(problems).toEqual([]);
    expect(settings.reports).toEqual({
      settleSeconds: 43_200,
      timeZones: ['Europe/Lisbon', 'America/Sao_Paulo'],
      notes: [
        {
          title: 'FacilIAuto Ltda',
          text: 'CNPJ 00.000.000/0001-00\nhttps://faciliauto.example',
          service: null,
        },
        { title: null, text: 'Contract 7', service: 'shop' },
      ],
      deliveries: [
        {
          ...{ name: 'archive', formats: ['html', 'json'], languages: ['pt', 'en'] },
          ...{ services: [], timeZones: [], since: null },
          to: { kind: 'directory', path: '/etc/slowburn/reports' },
        },
        {
          ...{ name: 'customer', formats: ['xlsx'], languages: ['en'], services: ['shop'] },
          ...{ timeZones: ['Europe/Lisbon'], since: '2026-09' },
          to: {
            ...{ kind: 'email', host: 'smtp.example.com', port: 587, encryption: 'starttls' },
            tls: {
              ...{ caFile: '/etc/slowburn/ca.pem', certFile: null, keyFile: null },
              ...{ serverName: null, insecureSkipVerify: false },
            },
            auth: { username: 'me', passwordFile: '/run/secrets/smtp' },
            ...{ from: 'reports@example.com', fromName: 'FacilIAuto', timeoutSeconds: 60 },
            to: ['a@example.com', 'b.c+d@sub.example.com'],
          },
        },
      ],
    });
  });

  it.each([
    ['encryption: tls', 465],
    ['encryption: starttls', 587],
    ['encryption: none', 25],
    ['encryption: tls, port: 2525', 2525],
  ])('go to the port of %s', (more, port) => {
    const [{ to } = { to: null }] = readConfigFile(mail(more), 'f').settings.reports.deliveries;
    expect(to).toMatchObject({ port });
  });

  it.each([
    ['reports: {settle: 30s}', 'reports.settle: settle is "30s", allowed: from 1m to 20d'],
    ['reports: {settel: 6h}', 'the key "settel" is unknown (did you mean "settle"?), allowed: '],
    ['reports: {timeZones: [Europe/Lisboa]}', '"Europe/Lisboa", allowed: an IANA time zone'],
    ['reports: {notes: [{text: "a\\tb"}]}', 'without control characters but line ends'],
    ['reports: {notes: [{title: "a\\nb", text: t}]}', 'allowed: one line of up to 200 characters'],
    ['reports: {notes: [{text: t, service: A B}]}', '"A B", allowed: the name of a service'],
    [delivery(''), 'neither directory nor email is given, allowed: one of them'],
    [
      delivery('directory: d, email: {host: h, from: a@b.c, to: [d@e.f]}'),
      'directory stands beside email, allowed: one of them',
    ],
    [delivery('directory: d, languages: [de]'), '"de", allowed: en, pt'],
    [delivery('directory: d, since: 2026-13'), 'allowed: a month such as 2026-10'],
    [delivery('directory: d, services: [../x]'), '"../x", allowed: the name of a service'],
    ['reports: {deliveries: [{name: a, formats: [docx], directory: d}]}', '"docx", allowed: json'],
    [
      'reports: {deliveries: [{name: a, formats: [md], directory: d}, {name: a, formats: [md], directory: e}]}',
      'reports.deliveries[1].name: name is "a" as in reports.deliveries[0], allowed: each name once',
    ],
    [mail('port: 0'), 'port is 0, allowed: a port from 1 to 65535'],
    [mail('timeout: 1s'), 'timeout is "1s", allowed: from 5s to 10m'],
    [mail('fromName: "x\\r\\nBcc: y@z.a"'), 'allowed: one line of up to 100 characters'],
    [
      mail('encryption: none, auth: {username: u, passwordFile: p}'),
      'auth stands beside encryption: none, which would send the password as clear text, allowed: starttls or tls',
    ],
    [mail('encryption: none, tls: {}'), 'tls stands beside encryption: none'],
  ])('are refused in %s', (text, says) => {
    const lines = told(text);
    expect(lines.join('\n')).toContain(says);
    expect(lines[0]).toMatch(/^f:1:\d+: error: /);
    expect(() => loadConfig({}, () => text)).toThrow(says);
  });

  it.each(['169.254.169.254', 'fe80::1'])('never call the link-local address %s', (host) => {
    const text = mail('').replace('host: h', `host: "${host}"`);
    expect(told(text)[0]).toContain('but no link-local one');
  });

  it.each([
    'a b@c.d',
    'a@b.c, x@y.z',
    '"x\\r\\nRCPT TO:<y@z.a>"@b.c',
    'Name <a@b.c>',
    'a@b..c',
    '@b.c',
    'ä@b.c',
  ])('go to no address like %s', (address) => {
    const text = mail('').replace('d@e.f', JSON.stringify(address));
    expect(told(text)[0]).toContain('allowed: a bare address such as reports@example.com');
  });

  it('warn of mail that anybody between can read', () => {
    expect(told(mail('encryption: none'))[0]).toMatch(/warning: .*encryption is "none": whoever/);
    expect(told(mail('tls: {insecureSkipVerify: true}'))[0]).toMatch(/warning: .*can read/);
    expect(told(mail('encryption: none').replace('host: h', 'host: 127.0.0.1'))).toEqual([]);
  });
});
