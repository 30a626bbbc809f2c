import { LONE, shopFile } from '../support/authoring-app';
import { authorEachTest } from '../support/authored-definitions';

jest.setTimeout(60_000);

describe('definitions that are refused over the API', () => {
  const authored = authorEachTest();

  const defined = () => authored.defined();

  it('are told with every fault, its place, value and what is allowed', async () => {
    const { status, json } = await authored.app.ask(
      'PUT',
      '/shop/errors',
      'objective: 0\nsli: { ratio: { total: "a(" , bad: b } }\ncolour: red\n',
    );
    expect(status).toBe(422);
    const errors = json['errors'] as readonly Readonly<Record<string, unknown>>[];
    expect(errors.map(({ field, line, column, value }) => [field, line, column, value])).toEqual([
      ['objective', 1, 12, 0],
      ['sli.ratio.total', 2, 26, 'a('],
      ['colour', 3, 1, 'red'],
    ]);
    expect(errors[2]?.['allowed']).toMatch(/^service, name, description, team/);
  });

  it.each([
    [
      'another name',
      { ...LONE, service: 'shop', name: 'other' },
      /the body defines shop\/other, allowed: shop\/errors/,
    ],
    ['no SLO at all', '', /the file holds no document/],
    [
      'several',
      shopFile('errors', 'two'),
      /defines shop\/errors, shop\/two, allowed: shop\/errors alone/,
    ],
    [
      'a data source that is not there',
      { ...LONE, datasource: 'edge' },
      /datasource is "edge", which is not configured/,
    ],
    [
      'a key twice',
      'objective: 99%\nobjective: 98%\nsli: { ratio: { total: a, bad: b } }',
      /objective/,
    ],
  ])('such as one with %s', async (_, body, words) => {
    const { status, json } = await authored.app.ask('PUT', '/shop/errors', body);
    expect([status, json['detail']]).toEqual([422, expect.stringMatching(words)]);
    expect(defined()).toEqual([]);
  });

  it('such as JSON with a key twice, or with a fault, at its place', async () => {
    const json = { 'content-type': 'application/json' };
    const twice = await authored.app.ask(
      'PUT',
      '/shop/errors',
      '{"objective": 0.9,\n "objective": 0.99}',
      json,
    );
    expect(twice.json['errors']).toEqual([expect.objectContaining({ line: 2 })]);
    const cut = await authored.app.ask('PUT', '/shop/errors', '{"objective": 0.9,', json);
    expect(cut.status).toBe(422);
    expect(cut.json['errors']).toEqual([expect.objectContaining({ line: 1 })]);
  });

  it('such as one SLO alone that does not say its service', async () => {
    const { json } = await authored.app.ask('POST', '/apply', { ...LONE, name: 'errors' });
    expect(json['detail']).toMatch(/the key "service" is missing/);
    const applied = await authored.app.ask('POST', '/apply', {
      ...LONE,
      service: 'shop',
      name: 'errors',
    });
    expect(applied.status).toBe(200);
    expect(defined()).toEqual(['shop/errors']);
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])(
    'such as what is said to be %s',
    async (type) => {
      const { status, json } = await authored.app.ask('POST', '/apply', shopFile('one'), {
        'content-type': type,
      });
      expect(status).toBe(415);
      expect(json['detail']).toContain('allowed: application/yaml, text/yaml');
      expect(defined()).toEqual([]);
    },
  );

  it('such as a body that is too large, or no text', async () => {
    expect((await authored.app.ask('POST', '/apply', `# ${'x'.repeat(1024 * 1024)}`)).status).toBe(
      413,
    );
    const latin = new Blob([new Uint8Array([0x61, 0xe9])]);
    const answer = await fetch(`${authored.app.url}/api/v1/definitions/apply`, {
      method: 'POST',
      headers: { 'content-type': 'application/yaml' },
      body: latin,
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('UTF-8')]);
  });
});
