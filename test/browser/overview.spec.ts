import type { Page } from 'playwright-core';
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
import { HOSTILE, ROWS, startWorld } from './world';

jest.setTimeout(180_000);

/** Lines of the list, without its head and the headings of its groups. */
const LINES = '#slos [role=row]:has([role=cell])';

const NEWCOMER = `apiVersion: slowburn/v1
service: newcomer
slos:
  - name: errors
    objective: 99%
    window: 3d
    sli:
      ratio:
        total: http_requests_total{job="search"}
        bad: http_requests_total{job="search",status=~"5.."}
`;

describe('the overview', () => {
  const scene = inBrowser(startWorld);

  const open = async (path: string, options: PageOptions = {}) => {
    const page = await scene.open(path, options);
    await page.waitForSelector(LINES);
    return page;
  };
  const sortedBy = (page: Page, column: string, order: 'ascending' | 'descending') =>
    page.locator(`[role=columnheader][aria-sort=${order}]`, { hasText: column }).waitFor();
  const names = (page: Page) => page.locator(`${LINES} [role=rowheader] a`).allTextContents();

  it.each([
    ['light', DESKTOP, 'en-GB'],
    ['dark', DESKTOP, 'pt-BR'],
    ['light', PHONE, 'pt-BR'],
    ['dark', PHONE, 'en-GB'],
  ] as const)('is there for everybody: %s, %j, %s', async (colorScheme, viewport, locale) => {
    const page = await open('/', { colorScheme, viewport, locale });
    await page.waitForSelector('#now');
    await expectSoon(page.locator(LINES)).toHaveCount(ROWS);
    await expectSoon(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2));
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await picture(page, `overview-${colorScheme}-${String(viewport.width)}-${locale}`);
  });

  it('tells first what fires, and leads there', async () => {
    const page = await open('/');
    const firing = page.locator('ol[aria-label="Firing now"] li').first();
    await expectSoon(firing).toContainText('checkout/');
    await expectSoon(firing.locator('a')).toHaveAttribute('href', /^\/slos\/checkout\//);
    await expectSoon(page.locator('#now')).toHaveText(/\d SLOs? pages?/);
  });

  it('shows names, labels and descriptions as text, whatever they hold', async () => {
    const page = await open('/');
    await expectSoon(page.locator('img[src=x]')).toHaveCount(0);
    await expectSoon(page).toHaveTitle('Overview · Slowburn');
    const told = (await page.locator('#slos bdi').allTextContents()).join('\n');
    expect(told.split(HOSTILE).length).toBeGreaterThan(2);
  });

  it('keeps what is searched, filtered and sorted in the address', async () => {
    const page = await open('/?q=search');
    await expectSoon
      .poll(async () => (await names(page)).sort())
      .toEqual(['availability', 'strict']);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: /^Exhausted/ }).click();
    await page.waitForURL(/\?status=exhausted$/);
    await page.getByRole('button', { name: /^Exhausted/, pressed: true }).waitFor();
    for (const name of await names(page))
      expect(['api-errors', 'by-endpoint', 'uptime']).toContain(name);
    await page.getByRole('button', { name: /^Exhausted/ }).click();
    await page.getByLabel('Group by').selectOption('none');
    await page.getByRole('button', { name: 'SLO', exact: true }).click();
    await page.reload();
    await page.waitForSelector(LINES);
    const sorted = await names(page);
    expect(sorted[0]).toBe('checkout/api-errors');
    expect(sorted).toHaveLength(ROWS);
    await page.getByRole('button', { name: 'SLO', exact: true }).click();
    await page.waitForURL(/sort=-name/);
    await sortedBy(page, 'SLO', 'descending');
    await expectSoon.poll(async () => (await names(page))[0]).toBe('search/strict');
  });

  it('ends a label that is too long for a phone in an ellipsis, and has all of it as a title', async () => {
    const page = await open('/', { viewport: { width: 375, height: 740 } });
    const label = page.locator('#slos').getByTitle(`endpoint=${HOSTILE}`);
    const value = label.locator('bdi');
    expect(await value.evaluate((text) => text.scrollWidth > text.clientWidth)).toBe(true);
    expect(await isTooWide(page)).toBe(false);
    const overflow = `getComputedStyle(document.querySelector('#slos [title^="endpoint=<"] bdi')).textOverflow`;
    expect(await page.evaluate(overflow)).toBe('ellipsis');
    await label.scrollIntoViewIfNeeded();
    await picture(page, 'overview-label-phone');
  });

  it('has its list after an exclusion was begun for a service, whose names are those of all', async () => {
    const page = await scene.open('/exclusions');
    await page.getByRole('button', { name: 'Exclude time' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('A service', { exact: true }).click();
    await dialog.locator('datalist option[value=media]').waitFor({ state: 'attached' });
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.waitForSelector(LINES);
    await expectSoon(page.locator(LINES)).toHaveCount(ROWS);
  });

  it('says when nothing is like what was asked for, and the way back', async () => {
    const page = await scene.open('/?q=nowhere&status=critical');
    await page.getByRole('heading', { name: 'No SLO is like that' }).waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForSelector(LINES);
    await page.waitForURL(({ search }) => search === '');
  });

  it('is worked by the keyboard: to its content, to a column, to an SLO', async () => {
    const page = await open('/?group=none&sort=name');
    await page.keyboard.press('Tab');
    await expectSoon(page.locator(':focus')).toHaveText('Skip to content');
    await page.keyboard.press('Enter');
    await expectSoon(page.locator(':focus')).toHaveId('main');
    await page.getByRole('button', { name: 'SLI', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/sort=sli/);
    await sortedBy(page, 'SLI', 'ascending');
  });

  it('changes by itself, and moves nothing under whoever works with a line', async () => {
    const page = await open('/?group=none');
    await page.locator(`${LINES} a`).nth(2).focus();
    const focused = 'document.activeElement.getAttribute("href")';
    const [before, order] = [await page.evaluate(focused), await names(page)];
    const news = page.waitForResponse((answer) => answer.url().includes('/api/v1/alerts'), {
      timeout: 90_000,
    });
    expect([200, 304]).toContain((await news).status());
    expect(await page.evaluate(focused)).toBe(before);
    expect(await names(page)).toEqual(order);
  });

  it('says which column it is sorted by, and which way: of burns the fastest comes first', async () => {
    const page = await open('/?group=none');
    const burn = page.getByRole('columnheader', { name: 'Burn 1h' });
    await burn.getByRole('button').click();
    await sortedBy(page, 'Burn 1h', 'descending');
    await burn.getByRole('button').click();
    await sortedBy(page, 'Burn 1h', 'ascending');
    await page.getByRole('columnheader', { name: 'Budget left' }).getByRole('button').click();
    await sortedBy(page, 'Budget left', 'ascending');
  });

  it('is where it was read, after an SLO and the way back', async () => {
    const page = await open('/', { viewport: PHONE });
    await page.locator(`${LINES} a`).last().scrollIntoViewIfNeeded();
    const depth = await page.evaluate('scrollY');
    expect(depth).toBeGreaterThan(200);
    await page.locator(`${LINES} a`).last().click();
    await page.waitForURL('**/slos/**');
    await page.waitForFunction('scrollY === 0');
    await page.goBack();
    await page.waitForFunction(`Math.abs(scrollY - ${String(depth)}) < 2`);
  });

  it('takes what is chosen where a browser refuses to write so many addresses, and writes it later', async () => {
    const page = await open('/');
    await page.evaluate(
      `history.replaceState = () => { throw new DOMException('too many', 'SecurityError'); }`,
    );
    await page.getByRole('searchbox').fill('search');
    await page.waitForFunction(`document.querySelectorAll('${LINES}').length === 2`);
    expect(new URL(page.url()).search).toBe('');
    await page.evaluate('delete history.replaceState');
    await page.waitForURL('**/?q=search');
  });

  it('shows the list where alerts cannot be had, and that they cannot', async () => {
    const page = await open('/', {
      expected: /503/,
      prepare: (opened) =>
        opened.route('**/api/v1/alerts?*', (route) => route.fulfill({ status: 503 })),
    });
    await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
    await expectSoon(page.locator(LINES)).toHaveCount(ROWS);
  });

  it('asks again who one is, where the service could not say at first', async () => {
    const page = await scene.open('/exclusions', {
      expected: /503/,
      prepare: (opened) =>
        opened.route('**/api/v1/me', (route) => route.fulfill({ status: 503 }), { times: 1 }),
    });
    await page.locator('button:enabled', { hasText: 'Exclude time' }).waitFor();
  });

  it('asks now and then, where too many listen for news', async () => {
    const page = await open('/', {
      expected: /429/,
      prepare: (opened) =>
        opened.route('**/api/v1/events', (route) => route.fulfill({ status: 429 })),
    });
    await page.getByRole('button', { name: 'Every 30 s' }).waitFor();
  });

  it('remembers how one wants to see it', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText('Português').click();
    await page.getByText('Escuro').click();
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await page.waitForSelector(LINES);
    await expectSoon(page.locator('h1')).toHaveText('Visão geral');
    await expectSoon(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  it('has an SLO that is defined meanwhile, once it is counted', async () => {
    const page = await open('/');
    const answer = await fetch(`${scene.world.service.url}/api/v1/definitions/apply`, {
      method: 'POST',
      headers: { 'content-type': 'application/yaml' },
      body: NEWCOMER,
    });
    expect(answer.status).toBe(200);
    await page.locator('#slos a[href="/slos/newcomer/errors"]').waitFor({ timeout: 150_000 });
  });
});
