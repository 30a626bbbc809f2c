import type { CollectionView } from '../../src/collection/collection-views';
import type { AuditPage } from '../../src/auth/audit.dto';
import { violations } from '../browser/chromium';
import { onDemo } from './demo-scene';
import { lastMonth } from './months';

jest.setTimeout(60_000);

describe('the collection of the demo', () => {
  const scene = onDemo();

  it('tells what the API tells: how many SLOs, from where, by which queries', async () => {
    const page = await scene.visit('/collection');
    const collection = await scene.api<CollectionView>('/api/v1/collection');
    await page.getByRole('row', { name: /^default .*Answers/ }).waitFor();
    const queries = page.getByRole('table', { name: 'The queries of a tick' }).locator('tbody tr');
    expect(await queries.count()).toBe(collection.queries.length);
    await page.getByText(String(collection.slos), { exact: true }).first().waitFor();
  });

  it('explains its figures', async () => {
    const page = await scene.visit('/collection');
    await page.getByRole('button', { name: 'Behind by' }).click();
    await page.getByText(/^A stream is an SLO, or one of its groups/).waitFor();
  });

  it('reads further back when asked, and says what is missing of the question', async () => {
    const page = await scene.visit('/collection');
    await page.getByRole('button', { name: 'Read further back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Read it' }).click();
    await dialog.getByText('Choose an SLO.').waitFor();
    await dialog.getByText('Say how far back.').waitFor();
    await dialog.getByLabel('SLO').fill('todo/error-rate');
    await dialog.getByLabel('Back to').fill(`${lastMonth()}-01`);
    await dialog.getByRole('button', { name: 'Read it' }).click();
    await dialog.getByText(/^History is wanted back to .*Asked for by anonymous/).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });
});

// Tokens are made and revoked in the browser suite: the demo asks for none.
describe('the audit log of the demo', () => {
  const scene = onDemo();

  it('says that no tokens are asked for, and who changed what, filtered and further back', async () => {
    const page = await scene.visit('/admin');
    await page.getByRole('heading', { name: 'This service asks for no tokens' }).waitFor();
    const rows = page.getByRole('table', { name: 'Audit log' }).locator('tbody tr');
    const first = await rows.count();
    await page.getByRole('button', { name: 'Older ones' }).click();
    await rows.nth(first).waitFor();
    await page.getByText('Show', { exact: true }).first().click();
    await page.getByLabel('What', { exact: true }).fill('nothing-like-it');
    await page.getByLabel('What', { exact: true }).press('Enter');
    await page.getByText('Nothing like that is in the log.').waitFor();
    await page.getByLabel('What', { exact: true }).fill('');
    await page.getByLabel('Who', { exact: true }).fill('anonymous');
    await page.getByLabel('Who', { exact: true }).press('Enter');
    await page.waitForURL(/actor=anonymous$/);
    await rows.first().waitFor();
    const { items } = await scene.api<AuditPage>('/api/v1/audit?limit=50&actor=anonymous');
    expect(await rows.count()).toBe(items.length);
  });
});
