import { read } from '@e965/xlsx';
import { Module } from '@nestjs/common';
import { oddReport } from '../../test/support/odd-report';
import { rawGet, type RunningHttpApp, startHttpApp } from '../../test/support/http-app';
import { PlainPress } from '../../test/support/whole-report';
import { OwnVersion } from '../auth/me.controller';
import { CONFIG } from '../config/config';
import { DefinitionRegistry } from '../definitions/registry';
import { Press } from './press';
import { ReportShelf } from './report-shelf';
import { ReportsController } from './reports.controller';

const press = new PlainPress();
const own = { version: '1.2.3' };

@Module({
  controllers: [ReportsController],
  providers: [
    { provide: ReportShelf, useValue: { find: () => Promise.resolve(oddReport()) } },
    { provide: Press, useValue: press },
    { provide: DefinitionRegistry, useValue: {} },
    { provide: OwnVersion, useValue: own },
    { provide: CONFIG, useValue: { reportTimeZone: 'Europe/Lisbon' } },
  ],
})
class WithReport {}

jest.setTimeout(30_000);

describe('the report of a month over HTTP', () => {
  let app: RunningHttpApp;
  beforeAll(async () => {
    app = await startHttpApp(WithReport);
  });
  afterAll(() => app.close());

  const get = (query: string, headers: Record<string, string> = {}) =>
    app.get(`/api/v1/reports/monthly/2026-10?${query}`, headers);

  it.each([
    ['format=html', {}, 'en', 'October 2026'],
    ['format=html', { 'accept-language': 'pt-BR,en;q=0.8' }, 'pt', 'outubro de 2026'],
    ['format=html&language=en', { 'accept-language': 'pt-BR' }, 'en', 'October 2026'],
    ['format=md&language=pt', {}, 'pt', 'outubro de 2026'],
  ])('speaks the language of its reader: %s %j', async (query, headers, language, month) => {
    const answer = await get(query, headers);
    expect([answer.status, answer.headers.get('content-language')]).toEqual([200, language]);
    expect(answer.headers.get('vary')).toContain('accept-language');
    expect(await answer.text()).toContain(month);
  });

  it('shows HTML under a policy by which nothing runs and nothing is fetched', async () => {
    const policy = (await get('format=html')).headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none';.*; sandbox$/);
  });

  it('sends a workbook that opens', async () => {
    const answer = await get('format=xlsx&language=pt');
    expect(answer.headers.get('content-disposition')).toBe(
      'inline; filename="uptime-2026-10.xlsx"',
    );
    const book = read(Buffer.from(await answer.arrayBuffer()));
    expect(book.SheetNames).toContain('Visão geral');
  });

  it('says the same to machines in any language', async () => {
    const answer = await get('', { 'accept-language': 'pt' });
    expect(answer.headers.get('content-language')).toBeNull();
    expect(await answer.json()).toEqual(oddReport());
  });

  it('leads from its JSON to the schema of it', async () => {
    const link = (await get('')).headers.get('link') ?? '';
    const [, address = ''] = /^<([^>]+)>; rel="describedby"/.exec(link) ?? [];
    const answer = await app.get(address);
    expect(answer.headers.get('content-type')).toBe('application/schema+json; charset=utf-8');
    expect(await answer.json()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      properties: { month: { type: 'string' } },
    });
    expect((await get('format=csv')).headers.get('link')).toBeNull();
  });

  it.each(['json', 'csv', 'xlsx', 'pdf', 'html', 'md'])(
    'sends %s once to who has none, and again only when it says something else',
    async (format) => {
      const first = await get(`format=${format}&language=en`);
      const tag = first.headers.get('etag') ?? '';
      expect([first.status, tag]).toEqual([200, expect.stringMatching(/^W\/"[\w-]{43}"$/)]);
      expect((await first.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
      const again = await get(`format=${format}&language=en`, { 'if-none-match': `"x", ${tag}` });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(tag);
      const other = await get('format=html&language=pt', { 'if-none-match': tag });
      expect(other.status).toBe(200);
      await other.text();
    },
  );

  it('sends it again once another version writes it', async () => {
    const tag = (await get('format=csv')).headers.get('etag') ?? '';
    own.version = '1.2.4';
    expect((await get('format=csv', { 'if-none-match': tag })).status).toBe(200);
    own.version = '1.2.3';
    expect((await get('format=csv', { 'if-none-match': tag })).status).toBe(304);
  });

  it('sends nobody more than can be written, but says when to come back', async () => {
    const tag = (await get('format=pdf')).headers.get('etag') ?? '';
    press.busy = true;
    const refused = await get('format=pdf');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('try again') });
    expect((await get('format=pdf', { 'if-none-match': tag })).status).toBe(304);
    press.busy = false;
    expect((await get('format=pdf')).status).toBe(200);
  });

  it('packs what is text, piece by piece', async () => {
    const path = '/api/v1/reports/monthly/2026-10?format=json';
    const packed = await rawGet(`${app.url}${path}`);
    expect([packed.headers['content-encoding'], packed.size < 20_000]).toEqual(['gzip', true]);
    expect((await rawGet(`${app.url}${path.replace('json', 'pdf')}`)).headers).not.toHaveProperty(
      'content-encoding',
    );
  });

  it.each(['language=de', 'language=', 'format=docx'])('refuses %s', async (query) => {
    const answer = await get(query);
    const { detail } = (await answer.json()) as { detail: string };
    expect([answer.status, detail]).toEqual([
      422,
      expect.stringMatching(/language.*en, pt|format.*json, csv, xlsx/s),
    ]);
  });
});
