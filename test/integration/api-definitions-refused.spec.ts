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

  it('are told apart by language, each fault with its line and column', async () => {
    const text = [
      shopFile('errors').replace('99.9%', '1'),
      'version: prometheus/v1\nservice: shop\nslos:\n  - name: sloth\n    objective: 101',
      'apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: open }\nspec: { nothing: 1 }',
      'apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: { name: pyrra }\nspec: { target: "200" }',
      'apiVersion: unknown/v9',
    ].join('\n---\n');
    const { json } = await authored.app.ask('POST', '/validate', text);
    const documents = json['documents'] as readonly { language: string | null; line: number }[];
    expect(documents.map(({ language }) => language)).toEqual([
      ...['native', 'sloth', 'openslo', 'pyrra', null],
    ]);
    const lines = text.split('\n');
    const problems = json['problems'] as readonly {
      severity: string;
      line: number;
      column: number;
    }[];
    for (const [k, { line }] of documents.entries()) {
      expect(lines[line - 1]).toMatch(/^(apiV|v)ersion:/);
      const end = documents[k + 1]?.line ?? lines.length + 1;
      const own = problems.filter((each) => each.line >= line && each.line < end);
      expect([line, own.filter(({ severity }) => severity === 'error').length > 0]).toEqual([
        ...[line, true],
      ]);
      for (const { line: at, column } of own) {
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[at - 1] ?? '').length + 1);
      }
    }
    const { json: one } = await authored.app.ask('POST', '/validate', shopFile('errors', 'new'));
    expect(one['places']).toEqual([
      { slo: 'shop/errors', line: 4, column: 5 },
      { slo: 'shop/new', line: 7, column: 5 },
    ]);
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
