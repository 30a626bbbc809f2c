import type { Browser } from 'playwright-core';
import {
  DESKTOP,
  isTooWide,
  openPage,
  PHONE,
  picture,
  startChromium,
  violations,
} from './chromium';
import { startWorld, type World } from './world';

jest.setTimeout(180_000);

const FIRING = 'section:has(h2:text-is("Firing now"))';

describe('the alerts', () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), startChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await world.dispose();
  });

  it.each([
    ['light', DESKTOP, 'en-GB'],
    ['dark', PHONE, 'pt-BR'],
  ] as const)('are there for everybody: %s, %j, %s', async (colorScheme, viewport, locale) => {
    const options = { colorScheme, viewport, locale };
    const { page, close } = await openPage(browser, `${world.service.url}/alerts`, options);
    await page.waitForSelector('table tbody tr');
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await picture(page, `alerts-${colorScheme}-${String(viewport.width)}-${locale}`);
    await close();
  });

  it('that fire come first, pages before tickets, and lead to their SLOs', async () => {
    const { page, close } = await openPage(browser, `${world.service.url}/alerts`);
    await page.waitForSelector('table tbody tr');
    const kinds = await page.locator(`${FIRING} tbody td:first-child`).allTextContents();
    expect(kinds[0]).toBe('page');
    expect([...kinds].sort()).toEqual(kinds);
    const link = page.locator(`${FIRING} tbody a`).first();
    expect(await link.getAttribute('href')).toMatch(/^\/slos\/checkout\//);
    await page.getByRole('heading', { name: 'No alert has fired so far' }).waitFor();
    await close();
  });

  it('are filtered as the address says', async () => {
    const url = `${world.service.url}/alerts?slo=checkout/api-errors`;
    const { page, close } = await openPage(browser, url);
    await page.waitForSelector('table tbody tr');
    await page.getByLabel('Severity').selectOption('page');
    await page.waitForURL(/severity=page/);
    // The answer without tickets takes the place of the one with them.
    await page.getByRole('cell', { name: 'ticket' }).first().waitFor({ state: 'detached' });
    await page.locator('tbody th').first().waitFor();
    const slos = await page.locator('tbody th').allTextContents();
    expect(new Set(slos)).toEqual(new Set(['checkout/api-errors']));
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForURL((address) => !address.search.includes('slo='));
    await close();
  });

  it('are found from the overview', async () => {
    const { page, close } = await openPage(browser, world.service.url);
    await page.getByRole('link', { name: 'Alerts' }).click();
    await page.waitForSelector('table tbody tr');
    expect(await page.title()).toBe('Alerts · Slowburn');
    expect(await page.getAttribute('nav a[href="/alerts"]', 'aria-current')).toBe('page');
    await page.goBack();
    await page.waitForSelector('#slos');
    await close();
  });
});
