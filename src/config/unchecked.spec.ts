import { readConfigFile } from './config-file';
import { unchecked } from './unchecked';

const TEXT = `
datasources:
  - { name: lax, url: "https://a.example", tls: { insecureSkipVerify: true } }
  - { name: strict, url: "https://b.example", tls: { insecureSkipVerify: false } }
webhooks:
  - { name: hook, url: "https://c.example", secretFile: key, tls: { insecureSkipVerify: true } }
reports:
  deliveries:
    - { name: disk, formats: [html], directory: /reports }
    - name: mail
      formats: [html]
      email:
        host: smtp.example.com
        tls: { insecureSkipVerify: true }
        from: a@example.com
        to: [b@example.com]
`;

describe('servers whose certificate nobody checks', () => {
  it('are named, mail servers too', () => {
    const { settings, problems } = readConfigFile(TEXT, 'f');
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(unchecked(settings)).toEqual(['lax', 'hook', 'mail']);
  });
});
