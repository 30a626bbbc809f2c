import { DESKTOP, isTooWide, PHONE, picture, violations } from './chromium';
import { inBrowser } from './in-browser';
import { startWorld } from './world';

jest.setTimeout(180_000);

const FIRING = 'section:has(h2:text-is("Firing now"))';

describe('the alerts', () => {
  const scene = inBrowser(startWorld);

  it.each([
    ['light', DESKTOP, 'en-GB'],
    ['dark', PHONE, 'pt-BR'],
  ] as const)('are there for everybody: %s, %j, %s', async (colorScheme, viewport, locale) => {
    const options = { colorScheme, viewport, locale };
    const page = await scene.open(`${scene.world.service.url}/alerts`, options);
    await page.waitForSelector('table tbody tr');
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await picture(page, `alerts-${colorScheme}-${String(viewport.width)}-${locale}`);
  });

  it('that fire come first, pages before tickets, and lead to their SLOs', async () => {
    const page = await scene.open(`${scene.world.service.url}/alerts`);
    await page.waitForSelector('table tbody tr');
    const kinds = await page.locator(`${FIRING} tbody td:first-child`).allTextContents();
    expect(kinds[0]).toBe('page');
    expect([...kinds].sort()).toEqual(kinds);
    const link = page.locator(`${FIRING} tbody a`).first();
    expect(await link.getAttribute('href')).toMatch(/^\/slos\/checkout\//);
    await page.getByRole('heading', { name: 'No alert has fired so far' }).waitFor();
  });

  it('are filtered as the address says', async () => {
    const url = `${scene.world.service.url}/alerts?slo=checkout/api-errors`;
    const page = await scene.open(url);
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
  });

  it('are found from the overview', async () => {
    const page = await scene.open(scene.world.service.url);
    await page.getByRole('link', { name: 'Alerts' }).click();
    await page.waitForSelector('table tbody tr');
    expect(await page.title()).toBe('Alerts · Slowburn');
    expect(await page.getAttribute('nav a[href="/alerts"]', 'aria-current')).toBe('page');
    await page.goBack();
    await page.waitForSelector('#slos');
  });
});
