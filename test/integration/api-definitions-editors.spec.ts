import { type AuthoringApp, LONE, NOW, startAuthoringApp } from '../support/authoring-app';
import { authorEachTest } from '../support/authored-definitions';

jest.setTimeout(60_000);

describe('definitions with several editors', () => {
  const authored = authorEachTest();

  const rows = <Row>(sql: string) => authored.rows<Row>(sql);

  it('of the same version let exactly one of two editors win', async () => {
    await authored.app.ask('PUT', '/shop/errors', LONE);
    const other = await startAuthoringApp(authored.url, () => NOW);
    const put = (by: AuthoringApp, objective: number) =>
      by.ask('PUT', '/shop/errors', { ...LONE, objective }, { 'if-match': '"1"' });
    const answers = await Promise.all([
      put(authored.app, 0.91),
      put(other, 0.92),
      put(authored.app, 0.93),
      put(other, 0.94),
    ]);
    await other.close();
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect(await rows('select count(*)::int as n from definition_revision')).toEqual([{ n: 2 }]);
  });

  it.each([
    ['PUT', '"7"', undefined],
    ['DELETE', '"7"', undefined],
    ['PUT', undefined, '*'],
  ])('%s refuses another version (If-Match %s, If-None-Match %s)', async (method, match, none) => {
    await authored.app.ask('PUT', '/shop/errors', LONE);
    const headers = {
      ...(match === undefined ? {} : { 'if-match': match }),
      ...(none === undefined ? {} : { 'if-none-match': none }),
    };
    const body = method === 'PUT' ? { ...LONE, objective: 0.5 } : undefined;
    const { status, json } = await authored.app.ask(method, '/shop/errors', body, headers);
    expect([status, json['detail']]).toEqual([
      412,
      expect.stringContaining('the present one is "1"'),
    ]);
  });

  it('with If-Match find nothing where nothing is, and the weak form of a tag', async () => {
    const none = await authored.app.ask('PUT', '/shop/errors', LONE, { 'if-match': '*' });
    expect([none.status, none.json['detail']]).toEqual([
      412,
      expect.stringContaining('nothing is there'),
    ]);
    await authored.app.ask('PUT', '/shop/errors', LONE);
    expect(
      (await authored.app.ask('DELETE', '/shop/errors', undefined, { 'if-match': 'W/"1"' })).status,
    ).toBe(200);
  });
});
