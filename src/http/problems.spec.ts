import { type RunningHttpApp, startHttpApp } from '../../test/support/http-app';
import { DatabaseAway, ThingModule } from '../../test/support/things';
import { problem } from './problem';

describe('problems', () => {
  let app: RunningHttpApp;
  let url: string;
  let lines: RunningHttpApp['lines'];

  beforeAll(async () => {
    const databaseAway = (error: unknown) =>
      error instanceof DatabaseAway ? problem(503, 'No database.') : null;
    app = await startHttpApp(ThingModule, { problems: [databaseAway] });
    ({ url, lines } = app);
  });

  beforeEach(() => {
    lines.length = 0;
  });

  afterAll(() => app.close());

  const post = (path: string, body: string, type = 'application/json') =>
    fetch(url + path, { method: 'POST', body, headers: { 'content-type': type } });

  async function problemOf(answer: Response): Promise<Record<string, unknown>> {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      status: answer.status,
      requestId: answer.headers.get('x-request-id'),
    });
    return body;
  }

  it('are told in the form of RFC 9457', async () => {
    expect(await problemOf(await app.get('/things/x'))).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'No thing is called x.',
      requestId: expect.any(String) as string,
    });
  });

  it('list each wrong field with its value and what is allowed', async () => {
    const wrong = { name: 5, inner: [{ depth: 3 }, { depth: 10, extra: 1 }], nmae: 'x' };
    const answer = await post('/things', JSON.stringify(wrong));
    expect(answer.status).toBe(422);
    const { title, errors } = await problemOf(answer);
    expect(title).toBe('Invalid input');
    expect(errors).toEqual([
      { field: 'nmae', value: 'x', allowed: 'no such field, allowed: inner, name' },
      { field: 'name', value: 5, allowed: 'must be a string' },
      { field: 'inner[1].extra', value: 1, allowed: 'no such field, allowed: depth' },
      { field: 'inner[1].depth', value: 10, allowed: 'must not be greater than 9' },
    ]);
  });

  it.each([
    ['limit=0', 'limit', 0, 'must not be less than 1'],
    ['limit=1001', 'limit', 1001, 'must not be greater than 1000'],
    ['limit=ten', 'limit', null, /must be an integer number/],
    ['cursor=a&cursor=b', 'cursor', ['a', 'b'], 'must be a string'],
    ['cursor=nonsense', 'cursor', 'nonsense', 'nextCursor of an earlier answer'],
    ['lmit=5', 'lmit', '5', 'no such field, allowed: cursor, limit'],
  ])('name what is wrong in ?%s', async (query, field, value, allowed) => {
    const answer = await app.get(`/things?${query}`);
    expect(answer.status).toBe(422);
    const matching = allowed instanceof RegExp ? expect.stringMatching(allowed) : allowed;
    expect((await problemOf(answer))['errors']).toEqual([{ field, value, allowed: matching }]);
  });

  it('tell a broken rule of the domain as wrong input', async () => {
    const body = await problemOf(await app.get('/things/at/noon'));
    expect(body).toMatchObject({
      status: 422,
      detail: 'at is "noon", allowed: an RFC 3339 time',
      errors: [{ field: 'at', value: 'noon', allowed: 'an RFC 3339 time' }],
    });
  });

  it('tell another room’s error as that room says', async () => {
    expect(await problemOf(await app.get('/things/away'))).toMatchObject({
      status: 503,
      detail: 'No database.',
    });
    expect(lines.filter((line) => line['level'] === 'ERROR')).toEqual([]);
  });

  it('keep what nobody foresaw for the log', async () => {
    const answer = await app.get('/things/broken', { 'x-request-id': 'mine-1' });
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).toContain('mine-1');
    expect(text).not.toMatch(/SELECT|TypeError|\bat /);
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        request_id: 'mine-1',
        error: expect.objectContaining({
          message: 'SELECT secret FROM inner_workings',
          stack: expect.stringContaining('broken') as string,
        }) as unknown,
      }),
    );
  });

  it('cut the connection when half of an answer has left', async () => {
    const whole = app.get('/things/half').then((answer) => answer.text());
    await expect(whole).rejects.toThrow();
    const failed = lines.find((line) => line['level'] === 'ERROR');
    expect(failed).toMatchObject({
      message: 'GET /things/half failed',
      error: { message: 'the other half is gone' },
    });
  });

  it.each([
    ['an unknown path', () => app.get('/nowhere'), 404],
    ['an address that cannot be read', () => app.get('/things/%zz'), 400],
    ['no JSON', () => post('/things', '{'), 400],
    ['an empty body', () => post('/things', ''), 400],
    ['another media type', () => post('/things', 'x', 'image/png'), 415],
    ['more than 1 MiB', () => post('/things', `"${'x'.repeat(1024 * 1024)}"`), 413],
  ])('answer %s', async (_, ask, status) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    await problemOf(answer);
    expect(lines.filter((line) => line['level'] === 'ERROR')).toEqual([]);
  });
});
