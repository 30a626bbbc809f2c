import {
  DESKTOP,
  expectSoon,
  isTooWide,
  type PageOptions,
  PHONE,
  picture,
  violations,
} from './chromium';
import { dragOver } from './hands';
import { inBrowser } from './in-browser';
import { startSloWorld } from './slo-world';
import { HOSTILE } from './world';

jest.setTimeout(240_000);

const PATH = '/slos/shop/api-errors';

describe('the page of one SLO', () => {
  const scene = inBrowser(startSloWorld);

  const open = async (path: string, options: PageOptions = {}) => {
    const page = await scene.open(path, options);
    await page.locator('figure canvas').nth(2).waitFor();
    return page;
  };

  it.each([
    ['light', DESKTOP, 'en-GB'],
    ['dark', DESKTOP, 'pt-BR'],
    ['light', PHONE, 'pt-BR'],
    ['dark', PHONE, 'en-GB'],
  ] as const)('is there for everybody: %s, %j, %s', async (colorScheme, viewport, locale) => {
    const page = await open(PATH, { colorScheme, viewport, locale });
    await page.locator('table').first().waitFor();
    await expectSoon(page.locator('h1')).toHaveText('shop/api-errors');
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    const drawn = await page.evaluate(
      'performance.getEntriesByType("measure").map(({ name, duration }) => `${name}: ${Math.round(duration)} ms`)',
    );
    process.stdout.write(`30 days drawn: ${(drawn as string[]).join(', ')}\n`);
    await picture(page, `slo-${colorScheme}-${String(viewport.width)}-${locale}`);
  });

  it('tells what fires and whether one may deploy, and shows descriptions as text', async () => {
    const page = await open(PATH);
    await page.getByText(/^Pages are firing: [12]\.$/).waitFor();
    await expectSoon(page.getByText(/^page: over 1h and 5m above 14\.4×$/)).toHaveCount(1);
    await expectSoon(page.locator('bdi').first()).toContainText(HOSTILE);
    await expectSoon(page).toHaveTitle('shop/api-errors · Slowburn');
  });

  it('shows other times: by name, by dragging, by a form; all of it stands in the address', async () => {
    const page = await open(PATH);
    await page.getByRole('button', { name: '7 d', exact: true }).click();
    await page.waitForURL(/\?range=7d$/);
    await dragOver(page);
    await page.waitForURL(/from=.+&to=/);
    await page.goBack();
    await page.waitForURL(/\?range=7d$/);
    await page.getByRole('button', { name: '7 d', exact: true, pressed: true }).waitFor();
    await page.goForward();
    await page.waitForURL(/from=.+&to=/);
    await page.getByRole('button', { name: 'Custom …' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.reload();
    await page.locator('figure canvas').first().waitFor();
    await expectSoon(page.getByRole('button', { name: 'Custom …' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('tells its values to the keyboard, and all of them as a table', async () => {
    const page = await open(PATH);
    const slider = page.getByRole('slider', { name: 'Budget left: point in time' });
    await slider.focus();
    await page.keyboard.press('Home');
    const first = (await slider.getAttribute('aria-valuetext')) ?? '';
    await page.keyboard.press('ArrowRight');
    await expectSoon(slider).not.toHaveAttribute('aria-valuetext', first);
    await expectSoon(slider).toHaveAttribute('aria-valuetext', /% left$/);
    await page.getByText('As a table').first().click();
    const lines = page.locator('figure table').first().locator('tbody tr');
    await lines.nth(700).waitFor();
  });

  it('excludes what is dragged over, after it was told what that changes', async () => {
    const page = await open(`${PATH}?range=24h`);
    await page.getByLabel('excludes').check();
    await dragOver(page);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(`Provider failure ${HOSTILE}`);
    await dialog.getByLabel('Who says so').fill('ops');
    expect(await violations(page)).toEqual([]);
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('table').first().waitFor();
    await picture(page, 'slo-exclusion-impact');
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Exclusions and markers' }).click();
    await page.getByText('Provider failure').first().waitFor();
    await page.waitForURL(/tab=events$/);
  });

  it('shows the definition, its revisions, and the queries with links to their source', async () => {
    const page = await open(`${PATH}?tab=definition`);
    await page.getByText('apiVersion: slowburn/v1').waitFor();
    await page.getByText('a definition file').first().waitFor();
    await page.getByRole('tab', { name: 'Queries' }).click();
    const link = page.getByRole('link', { name: 'Open in Prometheus' }).first();
    await expectSoon(link).toHaveAttribute('href', /^http:\/\/127\.0\.0\.1:\d+\/graph\?g0\.expr=/);
    await page.getByRole('tab', { name: 'Alerts' }).click();
    await page.getByText('Burns too fast').first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('has a choice of groups, which stands in the address', async () => {
    const page = await open('/slos/shop/by-endpoint');
    const group = page.getByLabel('Group');
    const cart = await group.locator('option', { hasText: 'endpoint=/cart' }).getAttribute('value');
    await group.selectOption(cart);
    await page.waitForURL(/label\.endpoint=%2Fcart/);
    await page.getByText(/^page: over 1h and 5m above 14\.4×$/).waitFor();
    const none = await group.locator('option', { hasText: /endpoint= ·/ }).getAttribute('value');
    await group.selectOption(none);
    await page.waitForURL(({ searchParams }) => searchParams.get('label.endpoint') === '');
    await page.getByRole('heading', { level: 1, name: 'shop/by-endpoint endpoint=' }).waitFor();
  });

  it('says that there is no such SLO, and which there are', async () => {
    const page = await scene.open('/slos/shop/nowhere', { expected: /404/ });
    await page.getByRole('heading', { name: 'There is no such SLO' }).waitFor();
    await page.getByText(/its SLOs are: api-errors, by-endpoint, waiting$/).waitFor();
  });

  it('says to viewers why they may not exclude', async () => {
    const page = await scene.signInAs('viewer', PATH);
    await page.getByText('This asks for the role editor; you are viewer.').waitFor();
    await expectSoon(page.getByRole('button', { name: 'Exclude time …' })).toBeDisabled();
  });
});
