import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { HTML_REPORT } from '../../src/reports/formats/html';
import { LANGUAGES } from '../../src/reports/words/language';
import { ODD_TEXTS, oddReport } from '../support/odd-report';
import { programNamed } from '../support/programs';
import { wholeReport } from '../support/whole-report';

const CHROMIUM = process.env.CHROMIUM_BIN ?? programNamed('chromium', 'chromium-browser');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

jest.setTimeout(60_000);

const described = CHROMIUM === null ? describe.skip : describe;

described(`the HTML report${CHROMIUM === null ? ' (skipped: no chromium)' : ''}`, () => {
  let browser: Browser;
  let server: Server;
  let address: string;
  const reports = new Map<string, string>();

  beforeAll(async () => {
    for (const language of LANGUAGES) {
      reports.set(`/${language}`, String(await wholeReport(HTML_REPORT, oddReport(), language)));
    }
    server = createServer((request, response) => {
      const headers = {
        'content-type': HTML_REPORT.contentType,
        'content-security-policy': HTML_REPORT.policy,
      };
      response.writeHead(200, headers).end(reports.get(request.url ?? ''));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: FLAGS });
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    it('shows itself without a script, a request or a complaint', async () => {
      const page = await browser.newPage();
      const [complaints, requests] = [watched(page), [] as string[]];
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(`${address}/${language}`);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([`${address}/${language}`]);
      expect(await page.locator('script, link, iframe, img, object').count()).toBe(0);
      // The styles are those that the policy names: a browser's own heading has another size.
      const size: string = await page.evaluate(
        "getComputedStyle(document.querySelector('h1')).fontSize",
      );
      expect(size).toBe('30px');
      expect(await page.locator('svg[role=img] > title').count()).toBeGreaterThan(20);
      await page.close();
    });

    it('shows names as they are', async () => {
      const page = await browser.newPage();
      await page.goto(`${address}/${language}`);
      const names = await page.locator('h3').allTextContents();
      expect(names).toContain(`${ODD_TEXTS.formula}/api`);
      expect(names).toContain(`${ODD_TEXTS.script}/api`);
      const texts = (await page.locator('bdi').allTextContents()).join('\n');
      for (const text of [ODD_TEXTS.rightToLeft, ODD_TEXTS.long, ODD_TEXTS.lines]) {
        expect(texts).toContain(text);
      }
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect(wide).toBe(false);
      await page.close();
    });

    it('breaks none of the rules that axe knows', async () => {
      const context = await browser.newContext({ bypassCSP: true });
      const page = await context.newPage();
      await page.setContent(reports.get(`/${language}`) ?? '');
      await page.evaluate(axe.source);
      const { violations }: AxeResults = await page.evaluate('axe.run()');
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      await context.close();
    });

    it('is printed with a page for each SLO', async () => {
      const page = await browser.newPage();
      await page.goto(`${address}/${language}`);
      const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const pages = printed.match(/\/Type\s*\/Page\b/g) ?? [];
      expect(pages.length).toBeGreaterThan(oddReport().slos.length);
      // A4 in points.
      expect(printed).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
      await page.close();
    });
  });
});

/** Errors and warnings of a page, and whatever pops up. */
function watched(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  return complaints;
}
