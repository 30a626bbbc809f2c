import { DESKTOP, expectSoon, isTooWide, PHONE, picture, violations } from './chromium';
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
    const page = await scene.open('/alerts', options);
    await page.waitForSelector('table tbody tr');
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await picture(page, `alerts-${colorScheme}-${String(viewport.width)}-${locale}`);
  });

  it('that fire come first, pages before tickets, and lead to their SLOs', async () => {
    const page = await scene.open('/alerts');
    await page.waitForSelector('table tbody tr');
    const kinds = await page.locator(`${FIRING} tbody td:first-child`).allTextContents();
    expect(kinds[0]).toBe('page');
    expect([...kinds].sort()).toEqual(kinds);
    const link = page.locator(`${FIRING} tbody a`).first();
    await expectSoon(link).toHaveAttribute('href', /^\/slos\/checkout\//);
    await page.getByRole('heading', { name: 'No alert has ended so far' }).waitFor();
  });

  it('are filtered as the address says', async () => {
    const page = await scene.open('/alerts?slo=checkout/api-errors');
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

  it('of a spent budget stand on the page of their SLO, too', async () => {
    const { items } = await scene.world.service.json<{ items: readonly { alertname: string }[] }>(
      '/api/v1/alerts?state=firing&slo=checkout/api-errors',
    );
    expect(items.map(({ alertname }) => alertname)).toContain('SLOErrorBudgetExhausted');
    const page = await scene.open('/slos/checkout/api-errors');
    const firing = page.getByRole('region', { name: 'Firing' });
    await firing.getByText(/: Budget is spent$/).waitFor();
    await expectSoon(firing.getByRole('listitem')).toHaveCount(items.length);
  });

  it('of one group are told without those of the others', async () => {
    const alerts = (query: string) =>
      scene.world.service.json<{ items: readonly { id: string; group: unknown }[] }>(
        `/api/v1/alerts?slo=checkout/by-endpoint${query}`,
      );
    const own = await alerts('&label.endpoint=/cart');
    expect(own.items.length).toBeGreaterThan(0);
    for (const { group } of own.items) expect(group).toEqual({ endpoint: '/cart' });
    expect(await alerts('&label.endpoint=/nowhere')).toEqual({ items: [], nextCursor: null });
    const page = await scene.open('/slos/checkout/by-endpoint?label.endpoint=%2Fcart&tab=alerts');
    const rows = page.getByRole('tabpanel').locator('tbody tr');
    await rows.first().waitFor();
    await expectSoon(rows).toHaveCount(own.items.length);
    await expectSoon(page.locator('h1')).toHaveText('checkout/by-endpoint endpoint=/cart');
  });

  it('are found from the overview', async () => {
    const page = await scene.open('/');
    await page.getByRole('link', { name: 'Alerts' }).click();
    await page.waitForSelector('table tbody tr');
    await expectSoon(page).toHaveTitle('Alerts · Slowburn');
    await expectSoon(page.locator('nav a[href="/alerts"]')).toHaveAttribute('aria-current', 'page');
    await page.goBack();
    await page.waitForSelector('#slos');
  });
});
