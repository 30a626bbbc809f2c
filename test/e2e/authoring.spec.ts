import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningService, runDelivered, startService } from '../support/service';
import { eventually } from '../support/service-ledger';
import { type Example, REQUESTS, type Row, SERVER_ERRORS, startExample } from './example';

jest.setTimeout(180_000);

const RATIO = {
  total: 'http_requests_total{job="faciliauto-api"}',
  bad: 'http_requests_total{job="faciliauto-api",status=~"5.."}',
};
const LONE = { objective: '99.5%', sli: { ratio: RATIO } };
const ID = 'shop/errors';

interface SloBody {
  readonly definition: { readonly origin: string; readonly revision: string };
  readonly revisions: readonly {
    readonly by: string;
    readonly slo: string;
    readonly stream: string;
    readonly changes: readonly { readonly field: string }[];
  }[];
}

describe('definitions over the API of the whole service', () => {
  let example: Example;
  let env: Readonly<Record<string, string>>;
  let service: RunningService;
  let other: RunningService;
  beforeAll(async () => {
    example = await startExample();
    // Steps stay minutes; ticks are as often as a test can wait for them.
    env = { ...example.env, EVALUATION_INTERVAL: '5s' };
    service = await startService({ env });
    other = await startService({ env });
  });
  afterAll(async () => {
    await Promise.all([service.stop(), other.stop()]);
    await example.dispose();
  });

  const change = async (
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
    at: RunningService = service,
  ) => {
    const answer = await fetch(`${at.url}/api/v1/definitions${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    return {
      status: answer.status,
      etag: answer.headers.get('etag'),
      json: (await answer.json()) as Changed,
    };
  };
  interface Changed {
    readonly detail?: string;
    readonly items: readonly { readonly outcome: string; readonly stream: string }[];
  }

  const rowsOf = async (at: RunningService, id: string) =>
    (await at.json<{ items: Row[] }>('/api/v1/slos?limit=1000')).items.filter(
      ({ slo }) => slo === id,
    );
  /** All of the month is counted. */
  const counted = (id: string, at: RunningService = service) =>
    eventually(
      `${id} is counted`,
      () => rowsOf(at, id),
      ([row]) => row?.events.total === REQUESTS && row.events.bad === SERVER_ERRORS,
    );
  const gone = (id: string, at: RunningService) =>
    eventually(
      `${id} is gone`,
      () => rowsOf(at, id),
      (rows) => rows.length === 0,
    );
  const told = (id: string) => service.json<SloBody>(`/api/v1/slos/${id}`);

  it('are counted by every replica, from the history of the source', async () => {
    const made = await change('PUT', `/${ID}`, LONE);
    expect([made.status, made.json.items[0]]).toMatchObject([
      201,
      { outcome: 'created', stream: 'new' },
    ]);
    await counted(ID);
    await counted(ID, other);
    expect((await told(ID)).definition.origin).toBe('api');
    expect(await (await other.get('/metrics')).text()).toContain(
      'slo_objective_ratio{service="shop",slo="errors"} 0.995',
    );
  });

  it('keep their stream with another objective', async () => {
    const { revision } = (await told(ID)).definition;
    const stricter = await change('PUT', `/${ID}`, { ...LONE, objective: '99.9%' });
    expect(stricter.json.items[0]).toMatchObject({ outcome: 'changed', stream: 'kept' });
    const { definition, revisions } = await told(ID);
    expect(definition.revision).toBe(revision);
    expect(
      revisions.map(({ by, stream, changes }) => [by, stream, changes.map(({ field }) => field)]),
    ).toEqual([
      ['anonymous', 'kept', ['objective']],
      ['anonymous', 'new', []],
    ]);
    await eventually(
      'the other replica judges by it',
      async () => (await (await other.get('/metrics')).text()).split('\n'),
      (lines) => lines.includes('slo_objective_ratio{service="shop",slo="errors"} 0.999'),
    );
  });

  it('begin a stream with another query, and say so in their history', async () => {
    const sli = {
      ratio: { ...RATIO, total: 'http_requests_total{job="faciliauto-api",status!="404"}' },
    };
    const asked = await change('PUT', `/${ID}?dryRun=true`, { ...LONE, sli });
    expect(asked.json.items[0]).toMatchObject({ outcome: 'changed', stream: 'new' });
    await change('PUT', `/${ID}`, { ...LONE, sli });
    const { revisions } = await told(ID);
    expect(revisions[0]).toMatchObject({ stream: 'new' });
    await eventually(
      'only what it counts is counted',
      () => rowsOf(service, ID),
      ([row]) => row?.events.total === REQUESTS - 8_000,
    );
    const back = await change('PUT', `/${ID}`, LONE);
    expect(back.json.items[0]).toMatchObject({ outcome: 'changed', stream: 'resumed' });
    await counted(ID);
  });

  it('stop with their deletion and go on where they stopped', async () => {
    const { json } = await change('DELETE', `/${ID}`);
    expect(json.items[0]).toMatchObject({ outcome: 'deleted' });
    await gone(ID, service);
    await gone(ID, other);
    expect(await (await other.get('/metrics')).text()).not.toContain('service="shop"');
    expect((await service.get(`/api/v1/slos/${ID}`)).status).toBe(404);
    expect(await service.json(`/api/v1/slos/${ID}/budget?retired=true`)).toMatchObject({
      slo: ID,
      events: { total: REQUESTS, bad: SERVER_ERRORS },
    });
    const again = await change('PUT', `/${ID}`, LONE);
    expect([again.status, again.json.items[0]]).toMatchObject([
      201,
      { outcome: 'resumed', stream: 'resumed' },
    ]);
    await counted(ID);
  });

  it('take their history along to another name', async () => {
    await change('DELETE', `/${ID}`);
    const renamed = await change('PUT', '/shop/api-errors', { ...LONE, renamedFrom: 'errors' });
    expect(renamed.json.items[0]).toMatchObject({ outcome: 'created', stream: 'renamed' });
    await counted('shop/api-errors');
    expect(service.log().filter(({ context }) => context === 'backfill').length).toBeGreaterThan(0);
    const at = new Date(Date.now() - 15 * 86_400_000).toISOString();
    const before = await service.json<Row>(`/api/v1/slos/${ID}/budget?at=${at}`);
    const after = await service.json<Row>(`/api/v1/slos/shop/api-errors/budget?at=${at}`);
    expect(before).toEqual(after);
    expect(before.events.total).toBeGreaterThan(0.4 * REQUESTS);
    const { revisions } = await told('shop/api-errors');
    expect(revisions.map(({ slo }) => slo)).toContain(ID);
  });

  it('let exactly one of two editors win, whichever replica they ask', async () => {
    const { etag } = await change('GET', '/shop/api-errors');
    const answers = await Promise.all(
      [service, other, service, other].map((at, k) =>
        change(
          'PUT',
          '/shop/api-errors',
          { ...LONE, objective: `99.${k + 1}%`, renamedFrom: 'errors' },
          { 'if-match': etag ?? '' },
          at,
        ),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it('of files cannot be changed', async () => {
    const { status, json } = await change('PUT', '/faciliauto/uptime', LONE);
    expect([status, json.detail]).toEqual([
      409,
      `faciliauto/uptime is defined in ${example.sloDir}/faciliauto.yaml:22, allowed: a change of that file`,
    ]);
  });

  it('are changed by `slowburn apply` and `slowburn delete`', async () => {
    const cli = (...args: string[]) =>
      runDelivered({}, 'cli/main.js', [...args, '--url', service.url]);
    const file = join(example.sloDir, 'not-watched.txt');
    const text = (objective: string) =>
      `apiVersion: slowburn/v1\nservice: cli\nslos:\n  - { name: one, objective: ${objective}, sli: { availability: { up: up } } }\n`;
    await writeFile(file, text('99%'));
    const dry = await cli('apply', '--dry-run', file);
    expect([dry.code, dry.stdout]).toEqual([0, 'created  cli/one\n1 created; nothing was saved\n']);
    expect((await cli('apply', file)).code).toBe(0);
    await writeFile(file, text('98%'));
    const changed = await cli('apply', file);
    expect(changed.stdout).toBe('changed  cli/one  objective "0.99" -> "0.98"\n1 changed\n');
    await writeFile(file, text('198%'));
    const refused = await cli('apply', file);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(`${file}:4:29: error: slos[0].objective: objective is "198%"`);
    const deleted = await cli('delete', 'cli/one', '--json');
    expect([deleted.code, JSON.parse(deleted.stdout)]).toMatchObject([
      0,
      { items: [{ outcome: 'deleted' }] },
    ]);
    expect((await cli('delete', 'cli/one')).code).toBe(1);
    expect((await cli('delete', 'one')).code).toBe(2);
    expect((await cli('apply', `${file}.missing`)).code).toBe(2);
  });

  it('are there after a restart', async () => {
    await service.stop();
    service = await startService({ env });
    await counted('shop/api-errors');
    const { items } = await service.json<{ items: { slo: string; origin: string }[] }>(
      '/api/v1/definitions?origin=api',
    );
    expect(items.map(({ slo }) => slo)).toEqual(['shop/api-errors']);
  });
});
