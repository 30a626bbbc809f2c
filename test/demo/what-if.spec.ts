import type { Page } from 'playwright-core';
import type { WhatIfView } from '../../src/slos/what-if-view-types';
import { onDemo, settled } from './demo-scene';

jest.setTimeout(60_000);

const SLO = 'faciliauto/server-errors';

describe('what if, on the demo', () => {
  const scene = onDemo();
  const open = async (query = '') => {
    const page = await scene.visit(`/what-if/${SLO}${query}`);
    await page.locator('tbody tr').first().waitFor();
    return page;
  };
  const row = (page: Page, title: string) =>
    page.locator('tbody tr', { has: page.getByRole('rowheader', { name: title, exact: true }) });
  const cells = (page: Page, title: string) => row(page, title).locator('td').allTextContents();
  const tried = async (page: Page, objective: string) => {
    await row(page, 'Objective').getByText(objective, { exact: true }).waitFor();
    await settled(page);
  };

  it('begins with an SLO, which is searched for', async () => {
    const page = await scene.visit('/what-if');
    await page.getByRole('searchbox').fill('swiping');
    await page.waitForURL(/q=swiping/);
    await page.getByRole('link', { name: 'petswipe/swiping' }).click();
    await page.getByRole('heading', { name: 'What if: petswipe/swiping' }).waitFor();
    await page.getByRole('link', { name: 'To the SLO' }).click();
    await page.waitForURL('**/slos/petswipe/swiping');
  });

  it('answers a hand on the slider as the API does, and goes back to now', async () => {
    const page = await open();
    await page.getByRole('slider').focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/objective=/);
    const objective = new URL(page.url()).searchParams.get('objective') ?? '';
    await tried(page, objective);
    const view = await scene.api<WhatIfView>(
      `/api/v1/slos/${SLO}/what-if?objective=${encodeURIComponent(objective)}`,
    );
    const [now, then] = await cells(page, 'Budget left');
    expect(then).not.toBe(now);
    const told = Number.parseFloat((then ?? '').replace('−', '-'));
    expect(told).toBeCloseTo((view.budget.budget.remainingRatio ?? NaN) * 100, 0);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.waitForURL((url) => url.search === '');
  });

  it('takes an objective that is typed, and says which is none', async () => {
    const page = await open();
    await page.getByLabel('Objective, typed').fill('100');
    await page.getByText('"100" is no objective').waitFor();
    await page.getByLabel('Objective, typed').fill('99.5');
    await tried(page, '99.5%');
    const [, left = ''] = await cells(page, 'Budget left');
    expect(Number.parseFloat(left)).toBeGreaterThan(0);
  });

  it.each(['workbook', 'sloth', 'sloth-quick', 'pyrra', 'grafana'])(
    'takes the tiers of %s',
    async (policy) => {
      const page = await open();
      await page.getByLabel('Alerts').selectOption(policy);
      await page.waitForURL(`**?policy=${policy}`);
      await settled(page);
      const tiers = page.getByRole('region', { name: 'The tiers that were tried' });
      expect(await tiers.locator('tbody tr').count()).toBeGreaterThan(1);
      await page.getByLabel('Alerts').selectOption('in-force');
      await page.waitForURL((url) => url.search === '');
    },
  );

  it('takes tiers of my own: each part of them, one more, and one less', async () => {
    const page = await open();
    await page.getByLabel('Alerts').selectOption('own');
    const tiers = page.getByRole('group', { name: 'Tiers' });
    const first = tiers.getByRole('group', { name: 'Tier 1' });
    const before = await tiers.getByRole('group').count();
    await tiers.getByRole('button', { name: 'Add a tier' }).click();
    await tiers.getByRole('group', { name: `Tier ${String(before + 1)}` }).waitFor();
    await tiers.getByRole('button', { name: `Remove tier ${String(before + 1)}` }).click();
    expect(await tiers.getByRole('group').count()).toBe(before);
    await first.getByLabel('Kind').selectOption('ticket');
    await first.getByLabel('Burn above').fill('7');
    await first.getByLabel('Long window').fill('2h');
    await first.getByLabel('Short window').fill('10m');
    await first.getByLabel('Wait').fill('120s');
    await page.waitForURL((url) =>
      (url.searchParams.get('tiers') ?? '').startsWith('ticket:7:2h:10m:120s'),
    );
    await settled(page);
    const shown = page.getByRole('region', { name: 'The tiers that were tried' });
    await shown
      .getByText(/^7\.00?×$/)
      .first()
      .waitFor();
  });

  it('names the strictest objective that would have held, and tries it', async () => {
    const page = await open();
    const view = await scene.api<WhatIfView>(`/api/v1/slos/${SLO}/what-if`);
    const button = page.getByRole('button', { name: /^Try / }).first();
    const objective = ((await button.textContent()) ?? '').replace('Try ', '');
    await button.click();
    await page.waitForURL(/objective=/);
    const asked = new URL(page.url()).searchParams.get('objective');
    expect(asked).toBe(view.strictestObjective.objective);
    await tried(page, objective);
    const [, left = ''] = await cells(page, 'Budget left');
    expect(Number.parseFloat(left)).toBeGreaterThanOrEqual(0);
  });
});
