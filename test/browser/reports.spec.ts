import { readFile } from 'node:fs/promises';
import type { RunningService } from '../support/service';
import {
  DESKTOP,
  expectSoon,
  isTooWide,
  type PageOptions,
  PHONE,
  picture,
  violations,
} from './chromium';
import { inBrowser } from './in-browser';
import { ADMIN_TOKEN } from './served-world';
import { HOSTILE, startWorld } from './world';

jest.setTimeout(180_000);

/** With a token, which a frame or a link could not send. */
describe('reports, collection and access', () => {
  const scene = inBrowser(startWorld);
  let service: RunningService;

  beforeAll(async () => {
    service = await scene.world.guarded();
  });

  const open = async (path: string, options: PageOptions = {}) => {
    const page = await scene.open(service.url + path, options);
    await page.locator('input[type=password]').fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await page.locator('nav').waitFor();
    return page;
  };

  it('shows the report of a month in place, as text whatever names hold', async () => {
    const page = await open(`/reports/${monthsAgo(0)}`);
    const report = page.getByRole('region', { name: 'The report' });
    await report.getByRole('heading', { level: 2 }).first().waitFor();
    await expectSoon(report.locator('.sheet')).toContainText(HOSTILE);
    await expectSoon(report.locator('script, img, iframe, link, meta, form')).toHaveCount(0);
    await expectSoon(report.locator('[style], [onclick], [onerror], [src]')).toHaveCount(0);
    expect(await page.title()).not.toContain('hacked');
    await picture(page, 'report');
    await report
      .getByRole('link', { name: /checkout\/api-errors/ })
      .first()
      .click();
    const focused = () => page.evaluate('document.activeElement.shadowRoot?.activeElement?.id');
    await expectSoon.poll(focused).toMatch(/^slo-\d/);
    expect(new URL(page.url()).hash).toBe('');
  });

  it('keeps its styles to itself', async () => {
    const page = await open('/reports');
    await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
    const before: unknown = await page.evaluate('getComputedStyle(document.body).maxWidth');
    await page.getByRole('link', { name: monthName(0) }).click();
    await page.getByRole('region', { name: 'The report' }).getByRole('heading').first().waitFor();
    expect(await page.evaluate('getComputedStyle(document.body).maxWidth')).toBe(before);
  });

  it('downloads every format that the service describes', async () => {
    const page = await open(`/reports/${monthsAgo(0)}`);
    const group = page.getByRole('group', { name: 'Download' });
    await group.getByRole('button').first().waitFor();
    for (const button of await group.getByRole('button').all()) {
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      const content = await readFile(await download.path());
      expect(content.length).toBeGreaterThan(500);
      const format = (await button.textContent())?.toLowerCase() ?? '';
      expect(download.suggestedFilename()).toBe(`uptime-${monthsAgo(0)}.${format}`);
    }
    expect(await group.getByRole('button').count()).toBeGreaterThanOrEqual(5);
  });

  it('says that a download failed', async () => {
    const page = await open(`/reports/${monthsAgo(0)}`, { expected: /503/ });
    await page.route('**/*format=csv*', (route) => route.fulfill({ status: 503 }));
    await page.getByRole('button', { name: 'Download CSV' }).click();
    await page.getByText(/^The download failed:/).waitFor();
  });

  it('knows no thirteenth month', async () => {
    const page = await open('/reports/2026-13');
    await page.getByRole('heading', { name: 'There is no such month' }).waitFor();
  });

  it('closes a month, corrects it, tells the difference, and verifies the chain', async () => {
    const page = await open(`/reports/${monthsAgo(1)}`);
    for (const action of ['Close this month', 'Correct this month']) {
      await page.getByRole('button', { name: action }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: action }).click();
      await dialog.getByText('Say why.').waitFor();
      await dialog.getByLabel('Reason').fill(`because of ${action}`);
      await dialog.getByRole('button', { name: action }).click();
      await dialog.waitFor({ state: 'detached' });
    }
    await page.getByRole('heading', { name: 'What the revision corrected' }).waitFor();
    await page.getByText('because of Correct this month').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'All months' }).click();
    await page.getByRole('row', { name: new RegExp(`${monthName(1)}.*Closed.*2`) }).waitFor();
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('All of them are as they were closed.').waitFor();
    await picture(page, 'reports');
  });

  it('tells how collection is going, what to do, and reads further back', async () => {
    const page = await open('/collection');
    await page.getByRole('row', { name: /^default/ }).waitFor();
    await page.getByRole('progressbar', { name: 'History that is read' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'collection');
    await page.getByRole('button', { name: 'Read further back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Read it' }).click();
    await dialog.getByText('Choose an SLO.').waitFor();
    await dialog.getByLabel('SLO').fill('checkout/api-errors');
    await dialog.getByLabel('Back to').fill(`${monthsAgo(1)}-01`);
    await dialog.getByRole('button', { name: 'Read it' }).click();
    await dialog.getByText('Asked for by admin').waitFor();
  });

  it('makes a token, shows it once, revokes it, and has it all in the audit log', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: 'Access' }).click();
    await page.getByRole('button', { name: 'Make a token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('ci-deploy');
    await dialog.getByLabel('editor').check();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make a token' }).click();
    const token = await dialog.getByLabel('The token').inputValue();
    expect(token).toMatch(/^sb_/);
    await dialog.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('row', { name: /ci-deploy.*editor.*In force/ }).waitFor();
    expect(await page.content()).not.toContain(token);
    await page.getByRole('button', { name: 'Revoke ci-deploy' }).click();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('row', { name: /ci-deploy.*Revoked/ }).waitFor();
    await page
      .getByRole('row', { name: /revoke-token/ })
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'access');
  });

  it.each([
    ['/reports', DESKTOP, 'dark'],
    ['/reports', PHONE, 'light'],
    [`/reports/${monthsAgo(0)}`, PHONE, 'dark'],
    ['/collection', PHONE, 'dark'],
    ['/admin', PHONE, 'dark'],
  ] as const)('is there for everybody: %s, %j, %s', async (path, viewport, colorScheme) => {
    const page = await open(path, { viewport, colorScheme, locale: 'pt-BR' });
    await page.locator('table').first().waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await picture(page, `${path.slice(1).replace('/', '-')}-${String(viewport.width)}`);
  });
});

function monthsAgo(months: number): string {
  const date = new Date();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString().slice(0, 7);
}

function monthName(ago: number): string {
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(Date.parse(`${monthsAgo(ago)}-01`));
}
