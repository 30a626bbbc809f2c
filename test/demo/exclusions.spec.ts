import type { Locator, Page } from 'playwright-core';
import type { ExclusionPage, ExclusionView } from '../../src/exclusions/exclusions.dto';
import type { MarkerPage } from '../../src/exclusions/markers.dto';
import type { BudgetView } from '../../src/slos/view-types';
import { picture, violations } from '../browser/chromium';
import { dragOver, minutesAgo } from '../browser/hands';
import { onDemo } from './demo-scene';

jest.setTimeout(90_000);

const SLO = 'todo/error-rate';

describe('time that is excluded and marked on the demo', () => {
  const scene = onDemo();
  const exclusionOf = async (reason: string): Promise<ExclusionView> => {
    const { items } = await scene.apiUntil<ExclusionPage>('/api/v1/exclusions?limit=1000', (page) =>
      page.items.some((one) => one.reason === reason),
    );
    const found = items.find((one) => one.reason === reason);
    if (found === undefined) throw new Error(`nothing is excluded because of ${reason}`);
    return found;
  };
  const begin = async () => {
    const page = await scene.visit('/exclusions');
    await page.getByRole('button', { name: 'Exclude time' }).click();
    return { page, dialog: page.getByRole('dialog') };
  };
  const why = async (dialog: Locator, reason: string) => {
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByLabel('Who says so').fill('the suite');
  };
  const once = async (dialog: Locator) => {
    await dialog.getByLabel('From').fill(minutesAgo(60 * 24 * 2));
    await dialog.getByLabel('Until').fill(minutesAgo(60 * 24 * 2 - 90));
  };
  const exclude = async (dialog: Locator) => {
    await dialog.getByRole('button', { name: 'See what it changes' }).click();
    await dialog.getByText(/^It is about \d+ SLOs?\./).waitFor();
    await dialog.getByRole('button', { name: 'Exclude this time' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const revoke = async (page: Page, reason: string) => {
    const row = page.getByRole('row', { name: reason });
    await row.getByRole('button', { name: 'Revoke' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^It is about/).waitFor();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The exclusion is revoked.').first().waitFor();
    expect((await exclusionOf(reason)).state).toBe('revoked');
  };

  it('says what is missing before anything is asked', async () => {
    const { page, dialog } = await begin();
    await dialog.getByLabel('From').fill('');
    await dialog.getByRole('button', { name: 'See what it changes' }).click();
    for (const text of ['Say whose time it is.', 'Say when it begins.', 'Say who decided it.']) {
      await dialog.getByText(text).waitFor();
    }
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it.each([
    ['One SLO', 'SLO', SLO],
    ['A service', 'Service', 'todo'],
    ['A label', 'Label', 'tier=1'],
  ])('is excluded once of %s, and revoked', async (scope, field, value) => {
    const reason = `the suite excludes ${field}`;
    const { page, dialog } = await begin();
    await dialog.getByLabel(scope, { exact: true }).check();
    await dialog.getByLabel(field, { exact: true }).fill(value);
    await once(dialog);
    await why(dialog, reason);
    await exclude(dialog);
    const made = await exclusionOf(reason);
    expect([made.slo, made.service, made.label]).toContain(value);
    await page.getByRole('row', { name: reason }).getByText('Over').waitFor();
    await revoke(page, reason);
  });

  it('proposes services and labels that there are', async () => {
    const { dialog } = await begin();
    await dialog.getByLabel('A service').check();
    await dialog.locator('datalist option[value=petswipe]').waitFor({ state: 'attached' });
    await dialog.getByLabel('A label').check();
    await dialog.locator('datalist option[value="tier=1"]').waitFor({ state: 'attached' });
  });

  it('is excluded of one group, after a look and a change of mind', async () => {
    const reason = 'the suite excludes a group';
    const { page, dialog } = await begin();
    await dialog.getByLabel('SLO', { exact: true }).fill('mercenary/error-rate');
    await dialog.getByLabel('Only these groups').fill('handler=/api/v1/jobs');
    await once(dialog);
    await dialog.getByLabel('Count them as good').check();
    await why(dialog, 'another reason');
    await dialog.getByRole('button', { name: 'See what it changes' }).click();
    await dialog.getByRole('button', { name: 'Change it' }).click();
    await dialog.getByLabel('Reason').fill(reason);
    await exclude(dialog);
    const made = await exclusionOf(reason);
    expect(made).toMatchObject({
      group: { handler: '/api/v1/jobs' },
      treatment: 'countGood',
      author: 'the suite',
    });
    await page.getByRole('row', { name: reason }).getByText('count as good').waitFor();
    await revoke(page, reason);
  });

  it.each([
    ['day', 'Every day', /DAILY/],
    ['week', 'Every 2 weeks on Wednesday, Sunday', /WEEKLY.*INTERVAL=2|INTERVAL=2.*WEEKLY/],
    ['monthDay', 'Every month on day 4', /MONTHLY/],
    ['monthWeekday', 'Every month on the first Sunday', /MONTHLY/],
    ['own', 'Every month on the last Saturday', /BYDAY=-1SA/],
  ])('is excluded again and again: %s', async (every, told, rule) => {
    const reason = `the suite excludes by ${every}`;
    const { page, dialog } = await begin();
    await dialog.getByLabel('SLO', { exact: true }).fill(SLO);
    await dialog.getByLabel('Again and again').check();
    await dialog.getByLabel('Time zone').selectOption('America/Sao_Paulo');
    await dialog.getByLabel('First time').fill('2026-01-04T02:00');
    await dialog.getByLabel('For how long each time').fill('45m');
    await dialog.getByLabel('How often').selectOption(every);
    if (every === 'week') {
      await dialog.getByLabel('Every how many').fill('2');
      await dialog.getByLabel('Wednesday').check();
    }
    if (every === 'own') await dialog.getByLabel('Rule').fill('FREQ=MONTHLY;BYDAY=-1SA');
    else await dialog.getByLabel('Last day').fill('2099-01-31');
    await why(dialog, reason);
    await exclude(dialog);
    const made = await exclusionOf(reason);
    expect(made.rrule).toMatch(rule);
    expect(made.timeZone).toBe('America/Sao_Paulo');
    await page.getByRole('row', { name: reason }).getByText(told).waitFor();
    await revoke(page, reason);
  });

  it.each([
    ['Over', 'past'],
    ['Revoked', 'revoked'],
    ['In effect', 'active'],
    ['To come', 'planned'],
    ['Recurring', 'recurring'],
  ])('is listed by what it is: %s', async (name, show) => {
    const page = await scene.visit('/exclusions');
    const button = page.getByRole('button', { name: new RegExp(`^${name}`) });
    await button.click();
    await page.waitForURL(`**?show=${show}`);
    const count = Number(/\d+/.exec((await button.textContent()) ?? '')?.[0]);
    const rows = page.getByRole('table', { name: 'Exclusions' }).locator('tbody tr');
    if (count === 0) await page.getByText('None of them is like that.').waitFor();
    else expect(await rows.count()).toBe(count);
    await page.getByRole('button', { name: /^All/ }).click();
    await page.waitForURL((url) => url.search === '');
  });

  it('has its figures, raw beside adjusted, as the API has them', async () => {
    const page = await scene.visit('/exclusions');
    const row = page.getByRole('row', { name: 'a new disk for the database' });
    await row.getByRole('button', { name: 'Figures' }).click();
    const dialog = page.getByRole('dialog');
    const line = dialog.getByRole('row', { name: 'patacao/availability' });
    const [raw, adjusted] = await line.getByRole('cell').allTextContents();
    expect(raw).not.toBe(adjusted);
    expect(await violations(page)).toEqual([]);
    await picture(page, 'demo/exclusion-figures');
    await dialog.getByRole('button', { name: 'Close' }).click();
    const view = await scene.api<BudgetView>('/api/v1/slos/patacao/availability/budget');
    expect(view.raw.remainingRatio).not.toBe(view.budget.remainingRatio);
  });

  it('stays excluded when somebody thinks again', async () => {
    const page = await scene.visit('/exclusions');
    const row = page.getByRole('row', { name: 'new network policies' });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await exclusionOf('announced maintenance: new network policies')).state).toBe('past');
  });

  it('is excluded by dragging over a chart, and changes what counts until it is revoked', async () => {
    const reason = 'the suite drags over a chart';
    const path = '/api/v1/slos/faciliauto/api-errors/budget';
    const page = await scene.visit('/slos/faciliauto/api-errors?range=30d');
    await page.getByLabel('excludes').check();
    await dragOver(page);
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('SLO', { exact: true }).inputValue()).toBe(
      'faciliauto/api-errors',
    );
    await why(dialog, reason);
    await dialog.getByRole('button', { name: 'See what it changes' }).click();
    await dialog.getByText(/^It is about 1 SLO\./).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'demo/slo-excluding');
    await dialog.getByRole('button', { name: 'Exclude this time' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { id } = await exclusionOf(reason);
    const counts = (view: BudgetView) => view.exclusions.some((one) => one.id === id);
    await scene.apiUntil(path, counts);
    await page
      .getByText(/% as seen, without exclusions$/)
      .first()
      .waitFor();
    await page.goto(`${scene.world.service.url}/exclusions`);
    await revoke(page, reason);
    await scene.apiUntil<BudgetView>(path, (view) => !counts(view));
  });

  it('is excluded by a button above the charts: the time that they show', async () => {
    const page = await scene.visit(`/slos/${SLO}?range=24h`);
    await page.getByRole('button', { name: 'Exclude time …' }).click();
    const dialog = page.getByRole('dialog');
    const from = Date.parse(`${await dialog.getByLabel('From').inputValue()}Z`);
    const until = Date.parse(`${await dialog.getByLabel('Until').inputValue()}Z`);
    expect(until - from).toBe(86_400_000);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it.each([
    ['Deploy', 'deploy'],
    ['Incident', 'incident'],
    ['Other', 'other'],
  ])('is marked, with a link: %s', async (title, kind) => {
    const text = `the suite marks a ${kind}`;
    const page = await scene.visit('/exclusions');
    await page.getByRole('button', { name: 'Add a marker' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.getByText('Say what happened.').waitFor();
    await dialog.getByLabel(title).check();
    await dialog.getByLabel('What happened').fill(text);
    await dialog.getByLabel('When').fill(minutesAgo(60));
    await dialog.getByLabel('Until').fill(minutesAgo(50));
    await dialog.getByLabel('About').fill(SLO);
    await dialog.getByLabel('Link').fill('https://builds.example/1');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await page.getByText('The marker is there.').waitFor();
    const row = page.getByRole('row', { name: text });
    await row.getByRole('link', { name: 'builds.example' }).waitFor();
    const { items } = await scene.api<MarkerPage>(`/api/v1/markers?limit=10&slo=${SLO}`);
    expect(items.find((one) => one.text === text)?.kind).toBe(kind);
  });

  it('is marked by dragging over a chart, and by a button above them', async () => {
    const page = await scene.visit(`/slos/${SLO}?range=24h`);
    await page.getByLabel('marks').check();
    await dragOver(page);
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('About').inputValue()).toBe(SLO);
    await dialog.getByLabel('What happened').fill('the suite marks a chart');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Exclusions and markers' }).click();
    await page.getByRole('tabpanel').getByText('the suite marks a chart').waitFor();
    await page.getByRole('link', { name: 'All exclusions and markers' }).waitFor();
    await page.getByRole('button', { name: 'Add a marker …' }).click();
    expect(await dialog.getByLabel('When').inputValue()).not.toBe('');
  });
});
