import { Module } from '@nestjs/common';
import { type RunningHttpApp, startHttpApp } from '../../test/support/http-app';
import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { type Definitions, DefinitionRegistry } from '../definitions/registry';
import { SloQueriesController } from './slo-queries.controller';
import type { SloQueriesView } from './slo-queries.dto';
import { SourceLinks } from './source-links';

const ratio = (service: string) =>
  ({
    kind: 'ratio',
    total: `req{job="${service}"}`,
    part: { role: 'bad', selector: `req{job="${service}",code="500"}` },
  }) as const;
const SLOS = [
  sloWith({ service: 'shop', sli: ratio('shop') }),
  ...Array.from({ length: 999 }, (_, k) =>
    sloWith({ service: `service-${k}`, sli: ratio(`service-${k}-with-a-long-name`) }),
  ),
  sloWith({ service: 'elsewhere', datasource: 'unknown' }),
  sloWith({
    service: 'all',
    sli: { kind: 'composite', method: 'all', sliceSeconds: 300, parts: [] },
  }),
];

function definitionsOf(slos: readonly Slo[]): Definitions {
  const place = { file: 'slos/shop.yaml', line: 4, column: 5 };
  return { defined: slos.map((slo) => ({ slo, place, stale: false })), problems: [] };
}

class Registry extends DefinitionRegistry {
  now = definitionsOf(SLOS);

  current(): Definitions {
    return this.now;
  }

  onChange(): () => void {
    return () => {};
  }
}

const links: SourceLinks = {
  addressOf: (name) => (name === 'default' ? 'https://prometheus.example/p' : null),
};

const registry = new Registry();

@Module({
  controllers: [SloQueriesController],
  providers: [
    { provide: DefinitionRegistry, useValue: registry },
    { provide: SourceLinks, useValue: links },
  ],
})
class Queries {}

describe('GET /slos/{id}/queries', () => {
  let app: RunningHttpApp;
  beforeAll(async () => {
    app = await startHttpApp(Queries);
  });
  afterAll(() => app.close());

  const ask = async (slo: string) =>
    (await (await app.get(`/api/v1/slos/${slo}/queries`)).json()) as SloQueriesView;

  it('has them for people, alone, and as they are sent for many', async () => {
    const told = await ask('shop/api-errors');
    expect(told).toMatchObject({
      slo: 'shop/api-errors',
      datasource: 'default',
      address: 'https://prometheus.example/p',
      reason: null,
    });
    expect(told.plain.map(({ of }) => of)).toEqual(['total', 'bad', 'sli']);
    const [total] = told.plain;
    expect(total?.query).toBe('sum(rate(req{job="shop"}[5m]))');
    const link = new URL(total?.link ?? '');
    expect(link.origin + link.pathname).toBe('https://prometheus.example/p/graph');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      ...{ 'g0.expr': total?.query, 'g0.tab': '0' },
    });
    expect(told.alone).toContainEqual({
      kind: 'samples',
      query: 'req{job="shop"}[120s]',
      slos: 1,
      link: 'https://prometheus.example/p/graph?g0.expr=req%7Bjob%3D%22shop%22%7D%5B120s%5D&g0.tab=1',
    });
    const [samples] = told.sent.filter(({ kind }) => kind === 'samples');
    expect(samples?.slos).toBeGreaterThan(100);
    expect(samples?.query).toContain('|shop"');
    // A thousand alternatives fit into no address.
    expect(samples?.link).toBeNull();
  });

  it('has no links where the address is unknown, and says where nothing is asked', async () => {
    const elsewhere = await ask('elsewhere/api-errors');
    expect([elsewhere.address, elsewhere.sent[0]?.slos, elsewhere.sent[0]?.link]).toEqual([
      ...[null, 1, null],
    ]);
    expect(await ask('all/api-errors')).toMatchObject({
      ...{ plain: [], alone: [], sent: [] },
      reason: 'it is made of other SLOs, and nothing is asked for it',
    });
  });

  it('follows what is defined', async () => {
    const [shop] = SLOS;
    if (shop === undefined) throw new Error('it is the first');
    registry.now = definitionsOf([shop]);
    expect((await ask('shop/api-errors')).sent[0]?.slos).toBe(1);
    registry.now = definitionsOf(SLOS);
    expect((await ask('shop/api-errors')).sent[0]?.slos).toBeGreaterThan(100);
  });

  it('is not there for what is not defined', async () => {
    expect((await app.get('/api/v1/slos/shop/none/queries')).status).toBe(404);
    expect((await app.get('/api/v1/slos/Shop/none/queries')).status).toBe(422);
  });
});
