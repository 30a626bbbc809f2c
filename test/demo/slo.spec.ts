import type { Page } from 'playwright-core';
import type { EpisodesView } from '../../src/slos/episode-view.dto';
import type { BudgetView, HistoryView, SloView } from '../../src/slos/view-types';
import { picture, violations } from '../browser/chromium';
import { dragOver, pointAt } from '../browser/hands';
import { onDemo, settled } from './demo-scene';

jest.setTimeout(60_000);

const SLO = 'faciliauto/server-errors';
const GROUPED = 'mercenary/latency-p99';
const CHARTS = ['Budget left', 'Burn rate', /^Events per/] as const;

describe('one SLO of the demo', () => {
  const scene = onDemo();
  const open = async (path = `/slos/${SLO}`) => {
    const page = await scene.visit(path);
    await page.locator('figure canvas').nth(2).waitFor();
    return page;
  };
  /** The history that a choice of time asks for, once it is drawn. */
  const drawn = async (page: Page, choose: () => Promise<unknown>) => {
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/history?')),
      choose(),
    ]);
    await settled(page);
    // The browser may have been told that it has it already.
    const { pathname, search } = new URL(answer.url());
    return scene.api<HistoryView>(pathname + search);
  };
  const spanOf = (page: Page) => {
    const { searchParams } = new URL(page.url());
    const at = (name: string) => Date.parse(searchParams.get(name) ?? '');
    return { from: at('from'), to: at('to'), length: at('to') - at('from') };
  };

  it('tells what the API tells: the budget, its status, what fires, whether one may deploy', async () => {
    const page = await open();
    const view = await scene.api<BudgetView>(`/api/v1/slos/${SLO}/budget`);
    expect(view.status).toBe('exhausted');
    const facts = page.getByRole('region', { name: 'As it is now' });
    expect(await facts.textContent()).toContain('Exhausted');
    expect(await facts.getByText(/^-\d+\.\d%$/).count()).toBe(1);
    await page.getByRole('region', { name: 'Firing' }).getByText('Budget is spent').waitFor();
    const gate = page.getByRole('region', { name: 'May we deploy?' });
    await gate.getByText('No', { exact: true }).waitFor();
  });

  it.each([
    ['24 h', '24h', 1],
    ['3 d', '3d', 3],
    ['7 d', '7d', 7],
    ['30 d', '30d', 30],
  ] as const)('shows %s', async (name, range, days) => {
    const page = await open();
    const button = page.getByRole('button', { name, exact: true });
    const { points } = await drawn(page, () => button.click());
    await page.waitForURL(`**?range=${range}`);
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    const first = Date.parse(points[0]?.t ?? '');
    const last = Date.parse(points.at(-1)?.t ?? '');
    expect((last - first) / 86_400_000).toBeGreaterThan(days * 0.97);
    expect((last - first) / 86_400_000).toBeLessThanOrEqual(days);
    await page.getByRole('button', { name: 'Window', exact: true }).click();
    await page.waitForURL((url) => url.search === '');
  });

  it('shows earlier and later time, and more of it', async () => {
    const page = await open(`/slos/${SLO}?range=3d`);
    expect(await page.getByRole('button', { name: 'Later' }).isDisabled()).toBe(true);
    await drawn(page, () => page.getByRole('button', { name: 'Earlier' }).click());
    const earlier = spanOf(page);
    await drawn(page, () => page.getByRole('button', { name: 'Later' }).click());
    expect(spanOf(page).from).toBeGreaterThan(earlier.from);
    await drawn(page, () => page.getByRole('button', { name: 'Zoom out' }).click());
    expect(spanOf(page).length).toBe(3 * earlier.length);
  });

  it('shows the time that a form names, and says what is wrong with one', async () => {
    const page = await open(`/slos/${SLO}?range=7d`);
    await page.getByRole('button', { name: 'Custom …' }).click();
    const dialog = page.getByRole('dialog');
    const [from, to] = [dialog.getByLabel('From'), dialog.getByLabel('To')];
    const day = (await to.inputValue()).slice(0, 10);
    await from.fill(`${day}T12:00`);
    await to.fill(`${day}T09:00`);
    await dialog.getByRole('button', { name: 'Show' }).click();
    await dialog.getByText('It has to end after it begins.').waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'demo/slo-custom');
    await from.fill(`${day}T00:00`);
    await to.fill(`${day}T01:00`);
    await dialog.getByRole('button', { name: 'Show' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(spanOf(page).from).toBe(Date.parse(`${day}T00:00Z`));
    expect(spanOf(page).length).toBe(3_600_000);
  });

  it.each([0, 1, 2])('zooms where chart %i is dragged over', async (k) => {
    const page = await open(`/slos/${SLO}?range=30d`);
    await dragOver(page, k);
    await page.waitForURL(/from=.+&to=/);
    await settled(page);
    // A fifth of thirty days, on the grid of five minutes.
    expect(spanOf(page).length / 86_400_000).toBeGreaterThan(5.5);
    expect(spanOf(page).length / 86_400_000).toBeLessThan(6.5);
  });

  it.each(CHARTS)(
    'tells the values of the chart %s to the keyboard and to the mouse',
    async (name) => {
      const page = await open();
      const figure = page.locator('figure', { has: page.getByRole('heading', { name }) });
      const slider = figure.getByRole('slider');
      await slider.focus();
      await page.keyboard.press('Home');
      const first = await slider.getAttribute('aria-valuetext');
      await page.keyboard.press('ArrowRight');
      const second = await slider.getAttribute('aria-valuetext');
      expect(second).not.toBe(first);
      await figure
        .locator('figcaption')
        .getByText(second ?? '', { exact: true })
        .waitFor();
      await pointAt(page, figure.locator('.u-over'));
      await figure
        .locator('figcaption')
        .getByText(second ?? '')
        .waitFor({ state: 'detached' });
    },
  );

  it.each(CHARTS)('has the chart %s as a table, with every point of the API', async (name) => {
    const page = await open();
    const history = await drawn(page, () =>
      page.getByRole('button', { name: '24 h', exact: true }).click(),
    );
    const figure = page.locator('figure', { has: page.getByRole('heading', { name }) });
    await figure.getByText('As a table').click();
    await figure.locator('tbody tr').first().waitFor();
    expect(await figure.locator('tbody tr').count()).toBe(history.points.length);
    expect(await violations(page)).toEqual([]);
  });

  it('shows beside what counts what was seen', async () => {
    const page = await open('/slos/patacao/availability');
    const choice = page.getByRole('checkbox', { name: 'Show as seen, too' });
    await choice.check();
    await page.waitForURL(/raw=true/);
    await page.getByText('as seen, without exclusions', { exact: true }).waitFor();
    const view = await scene.api<BudgetView>('/api/v1/slos/patacao/availability/budget');
    expect(view.raw.remainingRatio).not.toBe(view.budget.remainingRatio);
    await page
      .getByText(/% as seen, without exclusions$/)
      .first()
      .waitFor();
    await choice.uncheck();
    await page.waitForURL((url) => url.search === '');
  });

  it('explains each figure and chart beside it', async () => {
    const page = await open();
    const hints = page.getByRole('button', { name: /^About this: / });
    expect(await hints.count()).toBeGreaterThanOrEqual(6);
    for (const hint of await hints.all()) {
      await hint.click();
      const id = await hint.getAttribute('popovertarget');
      await page.locator(`[id="${id ?? ''}"]:popover-open`).waitFor();
      await page.keyboard.press('Escape');
    }
  });

  it('lists what spent the budget, the largest first, and shows it on the charts', async () => {
    const page = await open();
    const { items } = await scene.api<EpisodesView>(`/api/v1/slos/${SLO}/episodes?limit=10`);
    const panel = page.getByRole('tabpanel');
    await panel.locator('tbody tr').first().waitFor();
    expect(await panel.locator('tbody tr').count()).toBe(items.length);
    expect(await panel.locator('tbody tr').first().textContent()).toContain(
      items[0]?.markers[0]?.text ?? 'a marker',
    );
    await panel.getByTitle('Show on the charts').first().click();
    await page.waitForURL(/from=.+&to=/);
    const { from, to } = spanOf(page);
    expect(from).toBeLessThanOrEqual(Date.parse(items[0]?.start ?? ''));
    expect(to).toBeGreaterThanOrEqual(Date.parse(items[0]?.end ?? ''));
  });

  it.each([
    ['Alerts', 'alerts', 'Budget is spent'],
    ['Exclusions and markers', 'events', 'failover do banco de dados que deu errado'],
    ['Definition', 'definition', 'apiVersion: slowburn/v1'],
    ['Queries', 'queries', 'http_requests_total'],
  ])('tells more behind the tab %s', async (name, tab, text) => {
    const page = await open();
    await page.getByRole('tab', { name, exact: true }).click();
    await page.waitForURL(`**?tab=${tab}`);
    await page.getByRole('tabpanel').getByText(text).first().waitFor();
    await page.getByRole('tab', { name: 'What spent it' }).click();
    await page.waitForURL((url) => url.search === '');
  });

  it('goes from tab to tab by the keyboard', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'What spent it' }).focus();
    for (const [key, name] of [
      ['ArrowRight', 'Alerts'],
      ['End', 'Queries'],
      ['ArrowRight', 'What spent it'],
      ['ArrowLeft', 'Queries'],
      ['Home', 'What spent it'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('tab', { name, selected: true }).and(page.locator(':focus')).waitFor();
    }
  });

  it('leads with each of its queries into Prometheus, which answers it', async () => {
    const page = await open(`/slos/${SLO}?tab=queries`);
    const links = page.getByRole('tabpanel').getByRole('link', { name: 'Open in Prometheus' });
    await links.first().waitFor();
    for (const link of await links.all()) {
      const url = new URL((await link.getAttribute('href')) ?? '');
      const query = url.searchParams.get('g0.expr') ?? '';
      const asked = new URLSearchParams({ query });
      const answer = await fetch(`${url.origin}/api/v1/query?${asked.toString()}`);
      expect([query, answer.status]).toEqual([query, 200]);
    }
    const [opened] = await Promise.all([page.waitForEvent('popup'), links.first().click()]);
    await opened.waitForURL(/g0\.expr=/);
    expect(await opened.title()).toContain('Prometheus');
  });

  it('shows one group, or all of them together', async () => {
    const page = await open(`/slos/${GROUPED}`);
    const view = await scene.api<SloView>(`/api/v1/slos/${GROUPED}`);
    const choice = page.getByLabel('Group');
    expect(await choice.locator('option').count()).toBe(view.figures.length + 1);
    await choice.selectOption({ index: 1 });
    await page.waitForURL(/label\.handler=.+&label\.method=/);
    const { searchParams } = new URL(page.url());
    const of = await scene.api<BudgetView>(
      `/api/v1/slos/${GROUPED}/budget?${searchParams.toString()}`,
    );
    await page.getByRole('heading', { level: 1, name: of.group?.['handler'] ?? '' }).waitFor();
    await choice.selectOption('all');
    await page.waitForURL((url) => url.search === '');
  });

  it.each([
    ['What if …', '/what-if/'],
    ['Definition', '/definitions/'],
  ])('leads to %s', async (name, path) => {
    const page = await open();
    await page.getByRole('navigation', { name: SLO }).getByRole('link', { name }).click();
    await page.waitForURL(`**${path}${SLO}`);
    await page.locator('h1').waitFor();
  });

  it('says that there is no such SLO, and leads on', async () => {
    const page = await scene.open('/slos/faciliauto/nowhere', { expected: /404/ });
    await page.getByRole('link', { name: 'All definitions' }).click();
    await page.waitForURL('**/definitions');
  });
});
