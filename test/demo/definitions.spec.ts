import type { Page } from 'playwright-core';
import type { DefinitionEntry, DefinitionPage } from '../../src/authoring/definition-views';
import type { SloView } from '../../src/slos/view-types';
import { paste, picture, violations } from '../browser/chromium';
import { onDemo } from './demo-scene';
import { type Language, native, WRITTEN } from './written';

/** Counting begins with the next tick. */
jest.setTimeout(240_000);

const EDITOR = /^Definition, as YAML/;

describe('the definitions of the demo', () => {
  const scene = onDemo();
  const editorOf = (page: Page) => page.getByRole('textbox', { name: EDITOR });
  const begin = async (text: string) => {
    const page = await scene.visit('/definitions');
    await page.getByRole('link', { name: 'New definition' }).click();
    await paste(editorOf(page), text);
    return page;
  };
  const save = async (page: Page) => {
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
  };
  const retire = async (page: Page) => {
    await page.getByRole('button', { name: 'Retire' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('ends; history stays').waitFor();
    await dialog.getByRole('button', { name: 'Retire' }).click();
    await page.waitForURL('**/definitions');
  };
  const entry = (slo: string) => scene.api<DefinitionEntry>(`/api/v1/definitions/${slo}`);

  it('are all there, and searched and told by their origin', async () => {
    const page = await scene.visit('/definitions');
    const { items } = await scene.api<DefinitionPage>('/api/v1/definitions?limit=1000');
    const rows = page.locator('tbody tr');
    expect(await rows.count()).toBe(items.length);
    await page.getByLabel('Search').fill('petswipe');
    await page.waitForURL(/q=petswipe/);
    const own = items.filter(({ slo }) => slo.startsWith('petswipe/'));
    await rows.nth(own.length).waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(own.length);
    await page.getByLabel('Origin').selectOption('file');
    await page.waitForURL(/origin=file/);
    await page.getByLabel('Origin').selectOption('api');
    await page.getByRole('heading', { name: 'No definition is like that' }).waitFor();
  });

  it('of a file say so, and are examined by the doctor', async () => {
    const page = await scene.visit('/definitions/todo/error-rate');
    await page.getByText(/This definition belongs to the file .*slos\.yaml/).waitFor();
    await page.getByRole('button', { name: 'Check against the data source' }).click();
    await page.getByRole('heading', { name: 'What the doctor found' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'demo/definition-doctor');
  });

  it.each([
    ['Figures', '/slos/todo/error-rate'],
    ['What if', '/what-if/todo/error-rate'],
    ['Definitions', '/definitions'],
  ])('lead to %s', async (name, path) => {
    const page = await scene.visit('/definitions/todo/error-rate');
    const links = page.getByRole('navigation', { name: 'todo/error-rate' });
    await links.getByRole('link', { name }).click();
    await page.waitForURL(`**${path}`);
    await page.locator('h1').waitFor();
  });

  it.each(Object.keys(WRITTEN) as Language[])(
    'are taken in the language of %s, previewed over 30 days, planned, saved and retired',
    async (language) => {
      const slo = `suite/from-${language.toLowerCase()}`;
      const page = await begin(WRITTEN[language]);
      await page.getByText(`${language}, one SLO`).waitFor();
      await page.getByText('no errors').waitFor();
      await page.getByRole('button', { name: 'Preview 30 days' }).click();
      const preview = page.getByRole('region', { name: /last 30 days/ });
      await preview.getByRole('img', { name: /^Budget left over time/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      await picture(page, `demo/preview-${language}`);
      await save(page);
      await page.waitForURL(`**/definitions/${slo}`);
      expect((await entry(slo)).origin).toBe('api');
      await retire(page);
      await page.getByText(`${slo} is retired`).waitFor();
      await page.getByRole('link', { name: slo }).waitFor({ state: 'detached' });
      const gone = await fetch(`${scene.world.service.url}/api/v1/definitions/${slo}`);
      expect(gone.status).toBe(404);
    },
  );

  it('are told their faults where they are', async () => {
    const page = await begin(native('faulty', '101%'));
    const problems = page.getByRole('list', { name: 'Problems' });
    await problems
      .getByText(/objective/)
      .first()
      .waitFor();
    await picture(page, 'demo/definition-problem');
    await problems.getByRole('button', { name: /^line 6, column/ }).click();
    await editorOf(page).and(page.locator(':focus')).waitFor();
  });

  it('are changed, show their revisions, end, and are taken up again where they ended', async () => {
    const slo = 'suite/changing';
    const page = await begin(native('changing', '99%'));
    await save(page);
    await page.waitForURL(`**/definitions/${slo}`);
    const { etag } = await entry(slo);
    await paste(editorOf(page), native('changing', '98%'));
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByText('0.99 → 0.98').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('region', { name: 'What would change' }).first().waitFor({
      state: 'detached',
    });
    expect((await entry(slo)).etag).not.toBe(etag);

    await page.getByRole('link', { name: 'Figures' }).click();
    await page.getByRole('tab', { name: 'Definition' }).click();
    const revisions = page.getByRole('table', { name: 'Revisions' }).locator('tbody tr');
    await revisions.nth(1).waitFor();
    expect(await revisions.first().textContent()).toMatch(/0\.99.*0\.98.*went on/);
    // What was never counted would begin anew.
    const path = `/api/v1/slos/${slo}?retired=true`;
    await scene.apiUntil<SloView>(path, ({ figures }) => figures.length > 0);
    const links = page.getByRole('navigation', { name: slo });
    await links.getByRole('link', { name: 'Definition' }).click();
    await page.waitForURL(`**/definitions/${slo}`);
    await retire(page);

    await page.goto(`${scene.world.service.url}/slos/${slo}`);
    await page.getByText(/^Retired on /).waitFor();
    expect((await scene.api<SloView>(path)).retiredAt).not.toBeNull();
    await page.getByRole('link', { name: 'Definitions' }).click();
    await page.getByRole('link', { name: 'New definition' }).click();
    await paste(editorOf(page), native('changing', '98%'));
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByText('taken up again').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(`**/definitions/${slo}`);
    await retire(page);
  });
});
