import type { Page } from 'playwright-core';
import {
  DESKTOP,
  expectSoon,
  isTooWide,
  type PageOptions,
  paste,
  PHONE,
  picture,
  violations,
} from './chromium';
import { inBrowser } from './in-browser';
import { startWorld } from './world';

jest.setTimeout(180_000);

const EDITOR = /^(Definition, as YAML|Definição, em YAML)/;
const slo = (name: string, objective = '99%') => `apiVersion: slowburn/v1
service: typed
slos:
  - name: ${name}
    objective: ${objective}
    window: 3d
    sli:
      ratio:
        total: http_requests_total{job="checkout"}
        bad: http_requests_total{job="checkout",status=~"5.."}
`;
const SLOTH = `version: prometheus/v1
service: foreign
slos:
  - name: requests
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(http_requests_total{job="checkout",status=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{job="checkout"}[{{.window}}]))
    alerting:
      name: Requests
      page_alert: { labels: { severity: page } }
      ticket_alert: { labels: { severity: ticket } }
`;

describe('the definitions', () => {
  const scene = inBrowser(startWorld);

  const open = async (path: string, options: PageOptions = {}) => {
    const page = await scene.open(path, options);
    await page.waitForSelector('h1');
    return page;
  };
  const editorOf = (page: Page) => page.getByRole('textbox', { name: EDITOR });
  const write = (page: Page, text: string) => paste(editorOf(page), text);

  it.each([
    ['light', DESKTOP, 'en-GB'],
    ['dark', DESKTOP, 'pt-BR'],
    ['light', PHONE, 'pt-BR'],
    ['dark', PHONE, 'en-GB'],
  ] as const)('are there for everybody: %s, %j, %s', async (colorScheme, viewport, locale) => {
    const options = { colorScheme, viewport, locale };
    const page = await open('/definitions', options);
    await page.getByRole('link', { name: 'checkout/api-errors' }).waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    const name = `${colorScheme}-${String(viewport.width)}-${locale}`;
    await picture(page, `definitions-${name}`);
    await page.goto(`${scene.world.service.url}/definitions/new`);
    await write(page, `${slo('one')}---\n${slo('two', '101%')}`);
    await page.getByRole('list', { name: /^Proble/ }).waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await picture(page, `editor-${name}`);
  });

  it('are filtered by origin and text, and the address keeps it', async () => {
    const page = await open('/definitions?q=search');
    await page.getByRole('link', { name: 'search/strict' }).waitFor();
    await expectSoon(page.locator('tbody tr')).toHaveCount(2);
    await page.getByLabel('Origin').selectOption('api');
    await page.getByRole('heading', { name: 'No definition is like that' }).waitFor();
    await page.waitForURL(/\?q=search&origin=api$/);
  });

  it('of a file are shown with their file, and cannot be changed', async () => {
    const page = await open('/definitions/checkout/api-errors');
    await page.getByText(/This definition belongs to the file .*slos\.yaml/).waitFor();
    const text = page.getByRole('textbox', { name: 'Definition' });
    await expectSoon(text).toContainText('http_requests_total');
    await text.press('a');
    await expectSoon(text).toContainText('apiVersion: slowburn/v1');
    await expectSoon(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Check against the data source' }).click();
    await page.getByRole('heading', { name: 'What the doctor found' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('are told their faults as they are typed, each with the way to its place', async () => {
    const page = await open('/definitions/new');
    await write(page, slo('fault', '101%'));
    const problem = page.getByRole('list', { name: 'Problems' }).getByRole('listitem');
    await problem.filter({ hasText: 'objective' }).first().waitFor();
    await page.getByRole('button', { name: 'line 5, column 16' }).first().click();
    await editorOf(page).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('9');
    await expectSoon(editorOf(page)).toContainText('objective: 9101%');
    await write(page, slo('fault'));
    await page.getByText('no errors').waitFor();
    await write(page, SLOTH);
    await page.getByText('Sloth, one SLO').waitFor();
    await problem.filter({ hasText: 'Warning' }).first().waitFor();
  });

  it('let a keyboard out of the editor', async () => {
    const page = await open('/definitions/new');
    await editorOf(page).focus();
    const isInside = 'document.activeElement.shadowRoot !== null';
    await page.keyboard.press('Tab');
    await expectSoon.poll(() => page.evaluate(isInside)).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expectSoon.poll(() => page.evaluate(isInside)).toBe(false);
  });

  it('are previewed, planned, saved, changed and retired', async () => {
    const page = await open('/definitions/new');
    await write(page, slo('whole'));
    await page.getByRole('button', { name: 'Preview 30 days' }).click();
    const preview = page.getByRole('region', { name: /last 30 days/ });
    await preview.getByRole('img', { name: /^Budget left over time/ }).waitFor();
    await expectSoon(preview).toContainText('Time to detect, median');
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: '.build/pictures/preview.png', fullPage: true });
    await page.getByRole('button', { name: 'Show what would change' }).click();
    const plan = page.getByRole('region', { name: 'What would change' }).first();
    await expectSoon(plan).toContainText('begins anew');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL('**/definitions/typed/whole');

    await write(page, slo('whole', '98%'));
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByRole('cell', { name: 'goes on', exact: true }).waitFor();
    await expectSoon(plan).toContainText('0.99 → 0.98');
    await picture(page, 'definition-plan');
    // What was saved can be retired before it is read again.
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/api/v1/definitions/typed/whole', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    await plan.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Retire' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('ends; history stays').waitFor();
    letGo();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Retire' }).click();
    await page.waitForURL('**/definitions');
    await page.getByText('typed/whole is retired').waitFor();
  });

  it('stay as they are sent while they are saved', async () => {
    const page = await open('/definitions/new');
    await write(page, slo('slowly'));
    await page.getByRole('button', { name: 'Show what would change' }).click();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/apply?dryRun=false', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForFunction(`document.querySelector('[inert]')?.shadowRoot !== undefined`);
    letGo();
    await page.waitForURL('**/definitions/typed/slowly');
  });

  it('keep what is typed after a save until the saved version is read, and save it upon that', async () => {
    const page = await open('/definitions/new');
    await write(page, slo('going-on'));
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL('**/definitions/typed/going-on');
    await write(page, slo('going-on', '98%'));
    await page.getByRole('button', { name: 'Show what would change' }).click();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/api/v1/definitions/typed/going-on', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('region', { name: 'What would change' })
      .first()
      .waitFor({ state: 'detached' });
    await write(page, slo('going-on', '97%'));
    const read = page.waitForResponse('**/api/v1/definitions/typed/going-on');
    letGo();
    await (await read).finished();
    await page.getByText('no errors').waitFor();
    await page.keyboard.type('# more');
    await expectSoon(editorOf(page)).toContainText('objective: 97%');
    await expectSoon(editorOf(page)).toContainText('# more');
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByText('0.98 → 0.97').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('region', { name: 'What would change' })
      .first()
      .waitFor({ state: 'detached' });
    const saved = await scene.world.service.json<{ text: string }>(
      '/api/v1/definitions/typed/going-on',
    );
    expect(saved.text).toContain('97%');
  });

  it('are not lost by a link without a question', async () => {
    const page = await scene.open('/definitions/new', { expected: /^dialog: What you changed/ });
    await write(page, slo('unsaved'));
    await page.getByText('no errors').waitFor();
    await page.getByRole('link', { name: 'Alerts' }).click();
    expect(new URL(page.url()).pathname).toBe('/definitions/new');
    await expectSoon(editorOf(page)).toContainText('unsaved');
  });

  it('are not saved over what somebody else saved meanwhile', async () => {
    const put = (objective: string) =>
      fetch(`${scene.world.service.url}/api/v1/definitions/typed/shared`, {
        method: 'PUT',
        headers: { 'content-type': 'application/yaml' },
        body: slo('shared', objective),
      });
    expect((await put('99%')).status).toBe(201);
    const page = await scene.open('/definitions/typed/shared', {
      expected: /412 \(Precondition Failed\)/,
    });
    await write(page, slo('shared', '97%'));
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor();
    expect((await put('98%')).status).toBe(200);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody changed it meanwhile').waitFor();
    await expectSoon(editorOf(page)).toContainText('97%');
  });

  it('say to a viewer why they are not to be changed', async () => {
    const page = await scene.signInAs('viewer', '/definitions/new');
    await page.getByText('This asks for the role editor; you are viewer.').waitFor();
    await expectSoon(editorOf(page)).toHaveCount(0);
    await page.getByRole('link', { name: 'Definitions' }).click();
    await page.getByText('This asks for the role editor; you are viewer.').waitFor();
    await page.getByRole('link', { name: 'checkout/api-errors' }).waitFor();
  });
});
