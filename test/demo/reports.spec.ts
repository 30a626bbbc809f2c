import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { ClosedReportsPage } from '../../src/reports/closed-reports.dto';
import type { Report } from '../../src/reports/report';
import { picture, violations } from '../browser/chromium';
import { onDemo } from './demo-scene';
import { lastMonth, thisMonth } from './months';

jest.setTimeout(120_000);

const CLOSED = `/reports/${lastMonth()}`;
const INTERIM = `/reports/${thisMonth()}`;
const FORMATS = ['json', 'csv', 'xlsx', 'pdf', 'html', 'md'] as const;

/** What no file of another format is like. */
const LIKE: Readonly<Record<(typeof FORMATS)[number], RegExp>> = {
  json: /^\{"/,
  csv: /^\uFEFF?month,time_zone,service,slo,group,objective,sli,met,good,bad,total,/,
  xlsx: /^PK[^]*xl\/workbook\.xml/,
  pdf: /^%PDF-1\.\d[^]*%%EOF\s*$/,
  html: /^<!doctype html>[^]*<\/html>\s*$/i,
  md: /^# /,
};

describe('the reports of the demo', () => {
  const scene = onDemo();
  const report = (page: Page) => page.getByRole('region', { name: 'The report' });
  const open = async (path: string) => {
    const page = await scene.visit(path);
    await report(page).getByRole('heading').first().waitFor();
    return page;
  };
  const download = async (page: Page, format: string) => {
    const button = page.getByRole('button', { name: `Download ${format.toUpperCase()}` });
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
    return { name: file.suggestedFilename(), content: await readFile(await file.path(), 'latin1') };
  };

  it('are listed, lead to a month, and have their chain verified', async () => {
    const page = await scene.visit('/reports');
    const { items } = await scene.api<ClosedReportsPage>('/api/v1/reports');
    expect(items.some(({ month }) => month === lastMonth())).toBe(true);
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText(/^Closed reports that were checked: \d+\. All of them/).waitFor();
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText(/^Closed reports that were checked/).waitFor();
    await page.locator(`a[href="${CLOSED}"]`).click();
    await page.waitForURL(`**${CLOSED}`);
    await page.getByRole('link', { name: 'All months' }).click();
    await page.waitForURL('**/reports');
  });

  it('are there for another month', async () => {
    const page = await scene.visit('/reports');
    await page.getByLabel('Another month').fill(lastMonth());
    await page.waitForURL(`**${CLOSED}`);
    await report(page).getByRole('heading').first().waitFor();
  });

  it.each(FORMATS)('are downloaded of a closed month as %s', async (format) => {
    const { name, content } = await download(await open(CLOSED), format);
    expect(name).toBe(`uptime-${lastMonth()}.${format}`);
    expect(content.length).toBeGreaterThan(5_000);
    expect(LIKE[format].test(Buffer.from(content, 'latin1').toString('latin1'))).toBe(true);
    if (format !== 'json') return;
    const told = await scene.api<Report>(`/api/v1/reports/monthly/${lastMonth()}?format=json`);
    expect((JSON.parse(Buffer.from(content, 'latin1').toString()) as Report).hash).toBe(told.hash);
  });

  it.each(FORMATS)('are downloaded of the month that runs as %s', async (format) => {
    const { content } = await download(await open(INTERIM), format);
    expect(LIKE[format].test(content)).toBe(true);
  });

  it('of the month that runs say that they are interim, and cannot be closed', async () => {
    const page = await open(INTERIM);
    await page.getByText('It can be closed when the month is over.').waitFor();
    await page.getByText('Interim', { exact: true }).first().waitFor();
    expect(await page.getByRole('button', { name: /this month$/ }).count()).toBe(0);
  });

  it('are of one service, in Portuguese, in place and as a file', async () => {
    const page = await open(CLOSED);
    await page.getByLabel('Service').selectOption('faciliauto');
    await page.waitForURL(/service=faciliauto/);
    await report(page).getByText('petswipe').first().waitFor({ state: 'detached' });
    await page.getByLabel('Language').selectOption('pt');
    await page.waitForURL(/language=pt/);
    await report(page).locator('[lang^=pt]').waitFor();
    const { content } = await download(page, 'html');
    expect(content).toMatch(/<html lang="pt/);
    expect(content).not.toContain('petswipe');
    expect(await violations(page)).toEqual([]);
    await picture(page, 'demo/report-pt');
  });

  it('lead within themselves to an SLO', async () => {
    const page = await open(CLOSED);
    const link = report(page)
      .getByRole('link', { name: /server-errors/ })
      .first();
    await link.click();
    await report(page).locator('[id^="slo-"]:focus').waitFor();
  });

  it('are corrected with a reason, and say what the correction changed', async () => {
    const page = await open(CLOSED);
    const { revision, hash } = await scene.api<Report>(`/api/v1/reports/monthly/${lastMonth()}`);
    await page.getByRole('button', { name: 'Correct this month' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Correct this month' }).click();
    await dialog.getByText('Say why.').waitFor();
    await dialog.getByLabel('Reason').fill('the suite corrects it');
    await dialog.getByRole('button', { name: 'Correct this month' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'What the revision corrected' }).waitFor();
    await page.getByText('the suite corrects it').waitFor();
    const corrected = await scene.api<Report>(`/api/v1/reports/monthly/${lastMonth()}`);
    expect(corrected.revision).toBe(revision + 1);
    await page.getByLabel('Revision', { exact: true }).selectOption(String(revision));
    await page.waitForURL(`**?revision=${String(revision)}`);
    await page.getByText(hash ?? 'a hash').waitFor();
  });
});
