import type { Page } from 'playwright-core';
import type { SloPage, SloRow } from '../../src/slos/view-types';
import { PHONE, picture } from '../browser/chromium';
import { onDemo, settled } from './demo-scene';

jest.setTimeout(60_000);

const LINES = '#slos [role=row]:has([role=cell])';
/** Until figures have changed so much that another order is right: minutes, on the demo's live traffic. */
const NEWS_MS = 600_000;

describe('the overview of the demo', () => {
  const scene = onDemo();
  const rows = async (query = '') =>
    (await scene.api<SloPage>(`/api/v1/slos?limit=1000&${query}`)).items;
  const shows = async (page: Page, known: readonly SloRow[]) => {
    await page
      .getByRole('status')
      .filter({ hasText: new RegExp(`^${String(known.length)} of \\d+$`) })
      .waitFor();
    await page.locator('#slos[aria-busy=false]').waitFor();
    expect(await page.locator(LINES).count()).toBe(known.length);
  };
  const figures = (page: Page, column: number) =>
    page.locator(LINES).evaluateAll<string[], number, { readonly children: object }>(
      (lines, k) =>
        lines.map(({ children }) => {
          const cells = children as Readonly<Record<number, { readonly textContent: string }>>;
          return cells[k]?.textContent ?? '';
        }),
      column,
    );

  it('shows every SLO and group that the API lists', async () => {
    await shows(await scene.visit('/'), await rows());
  });

  it('searches', async () => {
    const page = await scene.visit('/');
    await page.getByRole('searchbox').fill('proposals');
    await page.waitForURL(/\?q=proposals$/);
    await shows(page, await rows('q=proposals'));
  });

  it('shows one status alone, two together, and all again', async () => {
    const page = await scene.visit('/');
    const all = await rows();
    const exhausted = all.filter(({ status }) => status === 'exhausted');
    expect(exhausted.length).toBeGreaterThan(0);
    await page.getByRole('button', { name: /^Exhausted/ }).click();
    await shows(page, exhausted);
    await page.getByRole('button', { name: /^Critical/ }).click();
    await page.waitForURL(/status=exhausted%2Ccritical/);
    await shows(page, [...exhausted, ...(await rows('status=critical'))]);
    await page.getByRole('button', { name: /^Exhausted/ }).click();
    await page.getByRole('button', { name: /^Critical/ }).click();
    await shows(page, all);
  });

  it.each(['Service', 'Team'] as const)('shows one %s alone', async (label) => {
    const page = await scene.visit('/');
    const choice = page.getByRole('combobox', { name: label });
    const values = await choice.locator('option').allTextContents();
    expect(values.length).toBeGreaterThan(2);
    const [, second = ''] = values;
    await choice.selectOption(second);
    await shows(page, await rows(`${label.toLowerCase()}=${encodeURIComponent(second)}`));
  });

  it.each([
    ['service', 'petswipe'],
    ['team', 'platform'],
  ])('groups by %s', async (grouping, name) => {
    const page = await scene.visit('/');
    await page.getByLabel('Group by').selectOption(grouping);
    await page.waitForURL(new RegExp(`group=${grouping}`));
    const heads = page.locator('#slos [aria-colspan] bdi');
    const names = await heads.allTextContents();
    expect(names.length).toBeGreaterThan(1);
    if (grouping === 'service') expect(names).toContain(name);
  });

  it('groups by nothing: the worst of all comes first', async () => {
    const page = await scene.visit('/');
    await page.getByLabel('Group by').selectOption('none');
    await page.locator('#slos [aria-colspan]').first().waitFor({ state: 'detached' });
    const statuses = await figures(page, 0);
    const ranks = statuses.map((text) =>
      ['Exhausted', 'Critical', 'At risk', 'No data', 'Healthy'].findIndex((one) =>
        text.startsWith(one),
      ),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  it.each(['Status', 'SLO', 'Objective', 'SLI', 'Budget left', 'Burn 1h'])(
    'sorts by %s, and the other way round',
    async (column) => {
      const page = await scene.visit('/?group=none');
      const head = page.getByRole('columnheader', { name: column, exact: true });
      const orders: (string | null)[] = [];
      while (orders.length < 2) {
        const before = page.url() + String(await head.getAttribute('aria-sort'));
        await head.getByRole('button').click();
        await page.waitForURL((url) => url.href !== before);
        await page.locator('[role=columnheader][aria-sort]').waitFor();
        orders.push(await head.getAttribute('aria-sort'));
      }
      expect(new Set(orders)).toEqual(new Set(['ascending', 'descending']));
    },
  );

  it.each([1280, 1100, 800])(
    'shows of a label’s name all, an ellipsis or nothing: %i',
    async (width) => {
      const page = await scene.visit('/?q=mercenary', { viewport: { width, height: 800 } });
      const keys = page.locator('#slos [title*="="] > :first-child');
      expect(await keys.count()).toBeGreaterThan(1);
      for (const key of await keys.all()) {
        const [room, text] = [await key.boundingBox(), await key.locator('span').boundingBox()];
        // Out of sight below its line, or wholly within it.
        const isNothing = (text?.y ?? 0) >= (room?.y ?? 0) + (room?.height ?? 0) - 1;
        expect(isNothing || (text?.width ?? 0) <= (room?.width ?? 0) + 1).toBe(true);
      }
      await picture(page, `demo/overview-chips-${String(width)}`);
    },
  );

  it('tells how to read the bar', async () => {
    const page = await scene.visit('/');
    await page.getByRole('button', { name: 'How to read the bar' }).click();
    await page.getByText(/^From the line to the right: what is left/).waitFor();
  });

  it('says when nothing is like what was asked for, and shows all again', async () => {
    const page = await scene.visit('/?q=nowhere');
    await page.getByRole('button', { name: 'Show all' }).click();
    await shows(page, await rows());
  });

  it('leads by the keyboard from its head to an SLO and back', async () => {
    const page = await scene.visit('/?group=none');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    const first = page.locator(`${LINES} a`).first();
    const name = await first.textContent();
    await first.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/slos/**');
    await page.getByRole('heading', { level: 1, name: name ?? '' }).waitFor();
    await page.goBack();
    await page.waitForSelector(LINES);
  });

  it('leads to an SLO that fires, on a phone, too', async () => {
    const page = await scene.visit('/', { viewport: PHONE });
    const firing = page.getByRole('list', { name: 'Firing now' }).getByRole('link').first();
    const href = await firing.getAttribute('href');
    await firing.click();
    await page.waitForURL(`**${href ?? ''}`);
    await settled(page);
    await page.getByRole('region', { name: 'Firing' }).getByRole('listitem').first().waitFor();
  });

  it(
    'holds its order under whoever works with a line, and sorts again when asked',
    async () => {
      const page = await scene.visit('/?group=none&sort=burn');
      await page.locator(`${LINES} a`).nth(3).focus();
      const again = page.getByRole('button', { name: 'Sort again' });
      await again.waitFor({ timeout: NEWS_MS });
      await again.click();
      await again.waitFor({ state: 'detached' });
    },
    NEWS_MS,
  );
});
