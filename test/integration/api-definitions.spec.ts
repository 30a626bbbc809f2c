import { revisionOf } from '../../src/ledger/revision';
import { LONE, NOW, shopFile, SHOP_SLI, startAuthoringApp } from '../support/authoring-app';
import { authorEachTest } from '../support/authored-definitions';
import { sloWith } from '../support/slos';

jest.setTimeout(60_000);

describe('definitions over the API', () => {
  const authored = authorEachTest();

  const defined = () => authored.defined();
  const rows = <Row>(sql: string) => authored.rows<Row>(sql);
  const firstOf = ({ json }: { json: Readonly<Record<string, unknown>> }) =>
    (json['items'] as readonly Readonly<Record<string, unknown>>[])[0];

  it('are made by PUT of one SLO as JSON, and can be read and sent back', async () => {
    const made = await authored.app.ask('PUT', '/shop/errors', LONE);
    expect(made).toMatchObject({ status: 201, etag: '"1"' });
    expect(firstOf(made)).toMatchObject({ slo: 'shop/errors', outcome: 'created', stream: 'new' });
    expect(defined()).toEqual(['shop/errors']);
    const read = await authored.app.ask('GET', '/shop/errors');
    expect(read).toMatchObject({ status: 200, etag: '"1"' });
    expect(read.json).toMatchObject({
      origin: 'api',
      updatedBy: 'anonymous',
      updatedAt: '2026-11-20T00:00:00.000Z',
      inForce: true,
      definition: { apiVersion: 'slowburn/v1', service: 'shop', slos: [{ name: 'errors' }] },
    });
    const yaml = await authored.app.ask('GET', '/shop/errors', undefined, {
      accept: 'application/yaml',
    });
    expect(yaml.text).toBe(read.json['text']);
    const again = await authored.app.ask('PUT', '/shop/errors', yaml.text, { 'if-match': '"1"' });
    expect(again).toMatchObject({ status: 200, etag: '"1"' });
    expect(firstOf(again)).toMatchObject({ outcome: 'unchanged', changes: [] });
  });

  it('keep their stream with a new objective, and begin one with a new query', async () => {
    await authored.app.ask('PUT', '/shop/errors', LONE);
    const stricter = await authored.app.ask('PUT', '/shop/errors', { ...LONE, objective: 0.9995 });
    expect(stricter).toMatchObject({ status: 200, etag: '"2"' });
    expect(firstOf(stricter)).toMatchObject({
      outcome: 'changed',
      stream: 'kept',
      changes: [{ field: 'objective', before: '0.999', after: '0.9995' }],
    });
    const ratio = { ...SHOP_SLI.ratio, total: 'requests_total' };
    const counted = await authored.app.ask('PUT', '/shop/errors', {
      ...LONE,
      objective: 0.9995,
      sli: { ratio },
    });
    expect(firstOf(counted)).toMatchObject({
      outcome: 'changed',
      stream: 'new',
      changes: [{ field: 'sli.total', after: 'requests_total' }],
    });
    const revisions = await rows(
      `select objective::text, valid_to is null as now, actor from definition_revision order by id`,
    );
    expect(revisions).toEqual([
      { objective: '0.999', now: false, actor: 'anonymous' },
      { objective: '0.9995', now: false, actor: 'anonymous' },
      { objective: '0.9995', now: true, actor: 'anonymous' },
    ]);
  });

  it('are recorded with actor, request, address and both states', async () => {
    await authored.app.ask('PUT', '/shop/errors', LONE, { 'x-request-id': 'request-1' });
    await authored.app.ask('DELETE', '/shop/errors', undefined, { 'x-request-id': 'request-2' });
    expect(
      await rows(
        `select actor, action, subject, request_id, address, before->>'objective' as was,
           after->>'objective' as is, after->>'stream' as stream from audit order by id`,
      ),
    ).toEqual([
      {
        actor: 'anonymous',
        action: 'define',
        subject: 'shop/errors',
        request_id: 'request-1',
        address: '127.0.0.1',
        was: null,
        is: '0.999',
        stream: 'new',
      },
      expect.objectContaining({
        action: 'retire',
        request_id: 'request-2',
        was: '0.999',
        is: null,
      }),
    ]);
  });

  it('say what would change with dryRun, and change nothing', async () => {
    const made = await authored.app.ask('PUT', '/shop/errors?dryRun=true', LONE);
    expect(made).toMatchObject({ status: 200, json: { dryRun: true } });
    expect(firstOf(made)).toMatchObject({ outcome: 'created', etag: null });
    expect(defined()).toEqual([]);
    await authored.app.ask('PUT', '/shop/errors', LONE);
    const gone = await authored.app.ask('DELETE', '/shop/errors?dryRun=true');
    expect(firstOf(gone)).toMatchObject({ outcome: 'deleted', stream: 'ended' });
    const applied = await authored.app.ask(
      'POST',
      '/apply?dryRun=true',
      shopFile('errors', 'other'),
    );
    expect(applied.json['items']).toMatchObject([
      { slo: 'shop/errors', outcome: 'changed', stream: 'new', etag: '"1"' },
      { slo: 'shop/other', outcome: 'created' },
    ]);
    expect(defined()).toEqual(['shop/errors']);
    expect(await rows('select last from definition_sequence')).toEqual([{ last: '1' }]);
  });

  it('resume the stream that is still there', async () => {
    authored.app.ledger.begin(sloWith({ name: 'errors' }), NOW - 86_400);
    const made = await authored.app.ask('PUT', '/shop/errors', LONE);
    expect(firstOf(made)).toMatchObject({
      outcome: 'resumed',
      stream: 'resumed',
      revision: revisionOf(sloWith({ name: 'errors' })),
    });
    expect(made.status).toBe(201);
  });

  it('are applied all or none, in any of the languages', async () => {
    const sloth = [
      'version: prometheus/v1',
      'service: pay',
      'slos:',
      '  - name: availability',
      '    objective: 99.9',
      '    sli:',
      '      events:',
      '        error_query: sum(rate(http_requests_total{job="pay",code=~"5.."}[{{.window}}]))',
      '        total_query: sum(rate(http_requests_total{job="pay"}[{{.window}}]))',
      '    alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } }',
    ].join('\n');
    const broken = shopFile('two').replace('99.9%', '199%');
    const refused = await authored.app.ask('POST', '/apply', [sloth, broken].join('\n---\n'));
    expect(refused.status).toBe(422);
    expect(refused.json['errors']).toEqual([
      {
        field: 'slos[0].objective',
        value: '199%',
        allowed: expect.stringMatching(/^a ratio between 0 and 1/) as string,
        line: 16,
        column: 16,
        message: expect.stringMatching(/^objective is "199%", allowed: /) as string,
      },
    ]);
    expect(defined()).toEqual([]);
    const applied = await authored.app.ask(
      'POST',
      '/apply',
      [sloth, shopFile('two')].join('\n---\n'),
    );
    expect(applied.status).toBe(200);
    expect(defined()).toEqual(['pay/availability', 'shop/two']);
    expect(applied.json['warnings']).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        message: expect.stringMatching(/window/) as string,
      }),
    );
  });

  it('of a file can be read and not changed', async () => {
    await authored.app.file('shop.yaml', shopFile('errors'));
    const { json } = await authored.app.ask('GET', '/shop/errors');
    expect(json).toMatchObject({ origin: 'file', line: 4, etag: null, inForce: true });
    for (const answer of [
      await authored.app.ask('PUT', '/shop/errors', LONE),
      await authored.app.ask('DELETE', '/shop/errors'),
      await authored.app.ask('POST', '/apply', shopFile('two', 'errors')),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.json['detail']).toContain(
        `shop/errors is defined in ${authored.app.sloDir}/shop.yaml:4`,
      );
    }
    expect(defined()).toEqual(['shop/errors']);
  });

  it('give way to a file, which is told, until one of them is gone', async () => {
    await authored.app.ask('PUT', '/shop/errors', LONE);
    await authored.app.file('shop.yaml', shopFile('errors'));
    const { defined: now, problems } = authored.app.registry.current();
    expect(now.map(({ place, api }) => [place.file, api])).toEqual([
      [`${authored.app.sloDir}/shop.yaml`, undefined],
    ]);
    expect(problems).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(
          /already defined at .*shop\.yaml:4:\d+, which stays in force/,
        ) as string,
      }),
    ]);
    const { json } = await authored.app.ask('GET', '?service=shop');
    expect(json['items']).toMatchObject([
      { origin: 'file', inForce: true },
      { origin: 'api', inForce: false, problems: [expect.stringContaining('already defined')] },
    ]);
    expect((await authored.app.ask('DELETE', '/shop/errors')).status).toBe(200);
    expect(authored.app.registry.current().problems).toEqual([]);
    expect(await rows('select action from audit order by id')).toEqual([
      { action: 'define' },
      { action: 'retire' },
    ]);
  });

  it('are checked by validate, which saves nothing', async () => {
    await authored.app.file('shop.yaml', shopFile('errors'));
    const good = await authored.app.ask('POST', '/validate', shopFile('errors', 'new'));
    expect(good).toMatchObject({
      status: 200,
      json: { valid: true, slos: ['shop/errors', 'shop/new'] },
    });
    expect(good.json['problems']).toMatchObject([
      { severity: 'warning', line: 4, message: expect.stringContaining('is defined in') as string },
    ]);
    const bad = await authored.app.ask(
      'POST',
      '/validate',
      shopFile('errors').replace('99.9%', '1'),
    );
    expect(bad).toMatchObject({ status: 200, json: { valid: false, slos: [] } });
    expect(bad.json['problems']).toMatchObject([
      { severity: 'error', line: 5, column: 16, path: 'slos[0].objective', value: 1 },
    ]);
    expect(await rows('select * from api_definition')).toEqual([]);
  });

  it('are listed in pages, filtered by service, origin and text', async () => {
    await authored.app.file('pay.yaml', shopFile('one', 'two').replace('shop', 'pay'));
    await authored.app.ask('POST', '/apply', shopFile('one', 'three'));
    const names = async (query: string) => {
      const { json } = await authored.app.ask('GET', query);
      const items = json['items'] as readonly { slo: string }[];
      return [items.map(({ slo }) => slo), json['nextCursor']] as const;
    };
    expect((await names(''))[0]).toEqual(['pay/one', 'pay/two', 'shop/one', 'shop/three']);
    expect((await names('?origin=api'))[0]).toEqual(['shop/one', 'shop/three']);
    expect((await names('?q=One&service=pay'))[0]).toEqual(['pay/one']);
    const [first, cursor] = await names('?limit=3');
    const [second] = await names(`?limit=3&cursor=${String(cursor)}`);
    expect([...first, ...second]).toHaveLength(4);
    expect((await authored.app.ask('GET', '?colour=red')).status).toBe(422);
  });

  it('are seen by another replica that is asked, and after a restart', async () => {
    await authored.app.ask('PUT', '/shop/errors', LONE);
    const other = await startAuthoringApp(authored.url, () => NOW);
    try {
      expect(other.registry.current().defined).toEqual([]);
      await other.registry.refresh();
      const [one] = other.registry.current().defined;
      expect(one).toMatchObject({
        slo: { name: 'errors' },
        api: { version: 1, updatedBy: 'anonymous' },
      });
      await other.registry.refresh();
      expect(other.registry.current().defined[0]).toBe(one);
      await other.ask('DELETE', '/shop/errors');
      expect((await authored.app.ask('GET', '/shop/errors')).status).toBe(404);
      expect(defined()).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('that are gone say when they went', async () => {
    expect((await authored.app.ask('DELETE', '/shop/errors')).status).toBe(404);
    await authored.app.ask('PUT', '/shop/errors', LONE);
    await authored.app.ask('DELETE', '/shop/errors');
    const { status, json } = await authored.app.ask('GET', '/shop/errors');
    expect([status, json['detail']]).toEqual([
      404,
      'there is no definition shop/errors; it was retired at 2026-11-20T00:00:00.000Z',
    ]);
  });
});
