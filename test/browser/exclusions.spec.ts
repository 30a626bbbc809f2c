import {
  DESKTOP,
  expectSoon,
  isTooWide,
  type PageOptions,
  PHONE,
  picture,
  violations,
} from './chromium';
import { minutesAgo } from './hands';
import { inBrowser } from './in-browser';
import { HOSTILE, startWorld } from './world';

jest.setTimeout(180_000);

describe('the page of exclusions and markers', () => {
  const scene = inBrowser(startWorld);

  const open = async (path: string, options: PageOptions = {}) => {
    const page = await scene.open(path, options);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  };

  it('says that nothing is excluded yet, and what that is for', async () => {
    const page = await open('/exclusions');
    await page.getByRole('heading', { name: 'No time is excluded' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('excludes time once, after it told what that would change', async () => {
    const page = await open('/exclusions');
    await page.getByRole('button', { name: 'Exclude time' }).click();
    await page.getByRole('button', { name: 'See what it changes' }).click();
    await page.getByText('Say why this time does not count.').waitFor();
    await page.getByLabel('SLO', { exact: true }).fill('checkout/api-errors');
    await page.getByLabel('From').fill(minutesAgo(90));
    await page.getByLabel('Until').fill(minutesAgo(30));
    await page.getByLabel('Reason').fill(HOSTILE);
    await page.getByLabel('Who says so').fill('ops');
    expect(await violations(page)).toEqual([]);
    await picture(page, 'exclusion-form');
    await page.getByRole('button', { name: 'See what it changes' }).click();
    await page
      .getByRole('dialog')
      .getByRole('rowheader', { name: 'checkout/api-errors' })
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'exclusion-impact');
    await page.getByRole('button', { name: 'Exclude this time' }).click();
    await page.getByText('The time is excluded.').waitFor();
    const row = page.getByRole('row', { name: /checkout\/api-errors/ });
    await expectSoon(row).toContainText(HOSTILE);
    await expectSoon(page.locator('img[src=x]')).toHaveCount(0);
  });

  it('excludes what it told the changes of, and nothing that is typed meanwhile', async () => {
    const page = await open('/exclusions');
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/api/v1/exclusions?dryRun=true', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Exclude time' }).click();
    await page.getByLabel('SLO', { exact: true }).fill('checkout/by-endpoint');
    await page.getByLabel('Only these groups').fill('/login');
    await page.getByLabel('Reason').fill('a rehearsal');
    await page.getByLabel('Who says so').fill('ops');
    await page.getByRole('button', { name: 'See what it changes' }).click();
    await page.getByText('Write NAME=VALUE on each line.').waitFor();
    await page.getByLabel('Only these groups').fill('endpoint=/login');
    await page.getByRole('button', { name: 'See what it changes' }).click();
    await expectSoon(page.getByLabel('Reason')).toBeDisabled();
    letGo();
    await page.getByText('It is about 1 SLO.').waitFor();
    await expectSoon(page.locator(':focus')).toHaveAttribute('aria-label', 'What it changes');
  });

  it('shows raw beside adjusted', async () => {
    const page = await open('/exclusions?show=past');
    await page.getByRole('button', { name: 'Figures' }).click();
    const row = page.getByRole('dialog').getByRole('row', { name: /checkout\/api-errors/ });
    await row.waitFor();
    const [raw, adjusted] = await row.getByRole('cell').allTextContents();
    expect(raw).toMatch(/%$/);
    expect(adjusted).not.toBe(raw);
    await page.keyboard.press('Escape');
    await expectSoon(page.getByRole('dialog')).toHaveCount(0);
  });

  it('excludes time again and again, by what is chosen', async () => {
    const page = await open('/exclusions');
    await page.getByRole('button', { name: 'Exclude time' }).click();
    await page.getByLabel('A service').check();
    await page.getByLabel('Service', { exact: true }).fill('search');
    await page.getByLabel('Again and again').check();
    await page.getByLabel('Time zone').selectOption('Europe/Berlin');
    await page.getByLabel('First time').fill('2026-01-04T02:00');
    await page.getByLabel('Wednesday').check();
    await page.getByLabel('Count them as good').check();
    await page.getByLabel('Reason').fill('weekly backup');
    await page.getByLabel('Who says so').fill('ops');
    await page.getByRole('button', { name: 'See what it changes' }).click();
    await page.getByRole('heading', { name: /Europe\/Berlin/ }).waitFor();
    await page.getByRole('button', { name: 'Exclude this time' }).click();
    const row = page.getByRole('row', { name: /weekly backup/ });
    await row.waitFor();
    await expectSoon(row).toContainText('Every week on Wednesday, Sunday, at 02:00');
  });

  it.each([
    ['light', DESKTOP, 'en-GB'],
    ['dark', PHONE, 'pt-BR'],
  ] as const)('is there for everybody: %s, %j, %s', async (colorScheme, viewport, locale) => {
    const page = await open('/exclusions', { colorScheme, viewport, locale });
    await page.getByText('weekly backup').waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await picture(page, `exclusions-${colorScheme}-${String(viewport.width)}-${locale}`);
  });

  it('revokes after asking once more, and keeps it in the list', async () => {
    const page = await open('/exclusions?show=past');
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByRole('dialog').getByRole('rowheader').first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The exclusion is revoked.').waitFor();
    await page.getByRole('button', { name: /^Revoked 1/ }).click();
    await expectSoon(page.getByRole('row', { name: /revoked by anonymous/ })).toHaveCount(1);
  });

  it('marks what happened', async () => {
    const page = await open('/exclusions');
    await page.getByRole('button', { name: 'Add a marker' }).click();
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByText('Say what happened.').waitFor();
    await page.getByLabel('What happened').fill('1.4.2');
    await page.getByLabel('About').fill('checkout');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('row', { name: /1\.4\.2/ }).waitFor();
  });

  it('lets viewers look, and says why no more', async () => {
    const page = await scene.signInAs('viewer', '/exclusions');
    const add = page.getByRole('button', { name: 'Exclude time' });
    await add.waitFor();
    await expectSoon(add).toBeDisabled();
    await page.getByText('This asks for the role editor; you are viewer.').first().waitFor();
    await expectSoon(page.getByRole('button', { name: 'Revoke', exact: true })).toHaveCount(0);
    await expectSoon(page.getByRole('link', { name: 'Access' })).toHaveCount(0);
  });
});
