import type { Locator, Page } from 'playwright-core';

/** From the middle of a chart to its right, the first one unless told. */
export async function dragOver(page: Page, k = 0): Promise<void> {
  // Another range is drawn anew: what was there a moment ago may be gone.
  await page.waitForSelector('[aria-busy=false] .u-over');
  const chart = page.locator('.u-over').nth(k);
  await chart.scrollIntoViewIfNeeded();
  const box = await boxOf(chart);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, y, { steps: 5 });
  await page.mouse.up();
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
