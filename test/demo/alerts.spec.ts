import type { AlertPage } from '../../src/alerting/alerts.dto';
import { onDemo } from './demo-scene';

jest.setTimeout(60_000);

const FIRING = 'section:has(h2:text-is("Firing now")) tbody tr';

// Alerts are silenced and acknowledged where they are received; here they are only told.
describe('the alerts of the demo', () => {
  const scene = onDemo();
  const firing = async (query = '') =>
    (await scene.api<AlertPage>(`/api/v1/alerts?state=firing&limit=1000&${query}`)).items;

  it('are those that the API tells, with their windows, since when, and what was left', async () => {
    const page = await scene.visit('/alerts');
    const items = await firing();
    expect(items.length).toBeGreaterThan(1);
    expect(await page.locator(FIRING).count()).toBe(items.length);
    const spent = page.locator(FIRING, { hasText: 'Budget is spent' });
    expect(await spent.textContent()).toMatch(/faciliauto\/server-errors.*Fires.*-\d+\.\d%/);
  });

  it.each([
    ['Severity', 'severity'],
    ['Service', 'service'],
  ])('are filtered by %s, and all again', async (label, name) => {
    const page = await scene.visit('/alerts');
    const choice = page.getByLabel(label);
    const all = await firing();
    const values = (await choice.locator('option').allTextContents()).slice(1);
    expect(values.length).toBeGreaterThan(0);
    const [value = ''] = values;
    await choice.selectOption(value);
    await page.waitForURL(`**?${name}=${value}`);
    const wanted = await firing(`${name}=${value}`);
    await page.locator(FIRING).nth(wanted.length).waitFor({ state: 'detached' });
    expect(await page.locator(FIRING).count()).toBe(wanted.length);
    await choice.selectOption('');
    await page
      .locator(FIRING)
      .nth(all.length - 1)
      .waitFor();
  });

  it('are shown of one SLO alone, and all again', async () => {
    const page = await scene.visit('/alerts?slo=todo/error-rate');
    await page.getByText('Only todo/error-rate').waitFor();
    const wanted = await firing('slo=todo/error-rate');
    expect(await page.locator(FIRING).count()).toBe(wanted.length);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForURL((url) => url.search === '');
    await page.locator(FIRING).nth(wanted.length).waitFor();
  });

  it('lead to their SLOs', async () => {
    const page = await scene.visit('/alerts');
    const link = page.locator(FIRING).first().getByRole('link').first();
    const href = await link.getAttribute('href');
    await link.click();
    await page.waitForURL(`**${href ?? ''}`);
  });
});
