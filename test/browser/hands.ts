import type { Locator, Page } from 'playwright-core';

/** Longer than the page takes to see that another range is asked for. */
const QUIET_MS = 500;

/** Of the page's own types, which the tests do not have. */
interface Connected {
  readonly isConnected: boolean;
}

/** From the middle of a chart to its right, the first one unless told. */
export async function dragOver(page: Page, k = 0): Promise<void> {
  const chart = await settledChart(page, k);
  await chart.scrollIntoViewIfNeeded();
  const box = await boxOf(chart);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, y, { steps: 5 });
  await page.mouse.up();
}

/**
 * A chart that stays: another range is drawn anew, a moment after the address has changed, so that what is
 * there just now may go.
 */
async function settledChart(page: Page, k: number): Promise<Locator> {
  const chart = page.locator('[aria-busy=false] .u-over').nth(k);
  for (;;) {
    const now = await chart.elementHandle();
    await page.waitForTimeout(QUIET_MS);
    const stayed = await now.evaluate((element: Connected) => element.isConnected);
    if (stayed && (await page.locator('[aria-busy=true] .u-over').count()) === 0) {
      return chart;
    }
  }
}

/** The mouse over the middle of something. */
export async function pointAt(page: Page, what: Locator): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  const box = await boxOf(what);
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
}

async function boxOf(
  what: Locator,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await what.boundingBox();
  if (box === null) throw new Error('it is not drawn');
  return box;
}

/** What a field for date and time holds, by UTC, some minutes ago. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 16);
}
