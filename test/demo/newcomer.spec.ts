import type { AlertPage } from '../../src/alerting/alerts.dto';
import type { EpisodesView } from '../../src/slos/episode-view.dto';
import type { ForecastView } from '../../src/slos/forecast-view.dto';
import type { GateView } from '../../src/slos/gate-view.dto';
import type { SloPage } from '../../src/slos/view-types';
import { picture } from '../browser/chromium';
import { onDemo, settled } from './demo-scene';
import { lastMonth } from './months';

jest.setTimeout(60_000);

/** Asks as somebody who sees the dashboard for the first time does, and goes only where it leads. */
describe('a newcomer to the demo finds', () => {
  const scene = onDemo();
  const worstOf = async () => {
    const { items } = await scene.api<SloPage>('/api/v1/slos?limit=1&sort=remaining');
    const [worst] = items;
    if (worst === undefined) throw new Error('there is no SLO');
    return worst;
  };

  const isPaging = async () => {
    const { items } = await scene.api<AlertPage>('/api/v1/alerts?state=firing&limit=1000');
    return items.some(({ kind }) => kind === 'page');
  };

  it('which SLO is worst: the first that is told, and the first of the list', async () => {
    const page = await scene.visit('/');
    const { slo, name } = await worstOf();
    const lines = page.getByRole('list', { name: 'Firing now' }).getByRole('listitem');
    const told = await lines.getByRole('link').allTextContents();
    // Whoever is paged is told of that before.
    const [first] = (await isPaging()) ? [slo] : told;
    expect(first).toBe(slo);
    expect(await page.locator('#slos [role=rowheader] a').first().textContent()).toBe(name);
    await picture(page, 'demo/newcomer-overview');
  });

  it('what spent its budget: on its page, without a further click', async () => {
    const page = await scene.visit('/');
    const { slo } = await worstOf();
    const firing = page.getByRole('list', { name: 'Firing now' });
    await firing.getByRole('link', { name: slo, exact: true }).first().click();
    await page.waitForURL(`**/slos/${slo}`);
    await settled(page);
    const { items } = await scene.api<EpisodesView>(`/api/v1/slos/${slo}/episodes?limit=1`);
    const largest = page.getByRole('table', { name: 'What spent the budget' }).locator('tbody tr');
    await largest
      .first()
      .getByText(items[0]?.markers[0]?.text ?? 'a marker')
      .waitFor();
    await page.getByText(/^\d.* more than the .* allowed$/).waitFor();
  });

  it('when a budget will be empty: beside what fires, and as a forecast on its page', async () => {
    const page = await scene.visit('/');
    const alerts = await scene.api<AlertPage>('/api/v1/alerts?state=firing&limit=1000');
    const ungrouped = alerts.items.filter(({ group }) => group === null);
    for (const slo of new Set(ungrouped.slice(0, 3).map((alert) => alert.slo))) {
      const { exhaustion } = await scene.api<ForecastView>(`/api/v1/slos/${slo}/forecast`);
      const line = page.getByRole('listitem').filter({ hasText: slo });
      const isToCome = (exhaustion.inSeconds ?? 0) > 0;
      await line.waitFor();
      if (isToCome) await line.getByText(/empty on .*, in .*, at this pace/).waitFor();
      else expect(await line.getByText(/empty on/).count()).toBe(0);
    }
    const { slo } = await worstOf();
    await page.goto(`${scene.world.service.url}/slos/${slo}`);
    const forecast = page.getByRole('region', { name: 'Forecast' });
    await forecast.getByText(/^At the pace of the last /).waitFor();
    await forecast.getByText(/something is left again on/).waitFor();
  });

  it('whether one may deploy now, and why not', async () => {
    const { slo } = await worstOf();
    const page = await scene.visit(`/slos/${slo}`);
    const gate = page.getByRole('region', { name: 'May we deploy?' });
    const view = await scene.api<GateView>(`/api/v1/slos/${slo}/gate?closed=200`);
    expect(view.mayDeploy).toBe(false);
    await gate.getByText('No', { exact: true }).waitFor();
    await gate.getByText(/of the budget is left; the limit is/).waitFor();
  });

  it('what fires, since when, and what to do about it', async () => {
    const page = await scene.visit('/');
    const first = page.getByRole('list', { name: 'Firing now' }).getByRole('listitem').first();
    await first.getByText(/^since .*, .* ago$/).waitFor();
    await first.getByRole('link').click();
    const firing = page.getByRole('region', { name: 'Firing' }).getByRole('listitem').first();
    const runbook = await firing.getByRole('link', { name: 'Runbook' }).getAttribute('href');
    expect((await fetch(runbook ?? '')).status).toBe(200);
  });

  it('how last month was, and its PDF, without scrolling', async () => {
    const page = await scene.visit('/');
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.locator(`a[href="/reports/${lastMonth()}"]`).click();
    const pdf = page.getByRole('button', { name: 'Download PDF' });
    await pdf.waitFor();
    await page
      .getByRole('region', { name: 'The report' })
      .getByText(/objectives/i)
      .first()
      .waitFor();
    await picture(page, 'demo/newcomer-report');
    const box = await pdf.boundingBox();
    expect(box?.y).toBeLessThan(page.viewportSize()?.height ?? 0);
    const [file] = await Promise.all([page.waitForEvent('download'), pdf.click()]);
    expect(file.suggestedFilename()).toBe(`uptime-${lastMonth()}.pdf`);
  });
});
