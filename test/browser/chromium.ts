import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { expect as expectOf } from 'playwright/test';
import { programNamed } from '../support/programs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const PICTURES = join(__dirname, '..', '..', '.build', 'pictures');

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/**
 * What a page is to become soon: asked again until it is so, as a page answers a hand a moment later.
 * Fails with what it was last.
 */
export const expectSoon = expectOf.configure({ timeout: 30_000 });

/** CHROMIUM_BIN, or the one on the PATH; scripts/prerequisites.mjs installs Debian's for `npm test`. */
export function startChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_BIN ?? programNamed('chromium', 'chromium-browser');
  if (executablePath === null) {
    throw new Error(
      'there is no chromium: install it (Debian: `apt-get install chromium`) or set CHROMIUM_BIN',
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface Watched {
  readonly page: Page;
  /** Errors, refused resources and requests to elsewhere, as they came; there should be none. */
  complaints(): readonly string[];
  /** Fails on any complaint. */
  close(): Promise<void>;
}

/** A context's, and the complaints that belong to the test, such as a refused sign-in. */
export type PageOptions = BrowserContextOptions & {
  readonly expected?: RegExp;
  /** Before anything is loaded: what of the service is away, or slow. */
  readonly prepare?: (page: Page) => Promise<unknown>;
};

/**
 * A page that is watched: what the console complains of, what the policy refuses, what is asked of
 * another host.
 */
export async function openPage(
  browser: Browser,
  url: string,
  { expected, prepare, ...options }: PageOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const complain = (text: string) => {
    if (expected?.test(text) !== true) complaints.push(text);
  };
  page.on('console', (message) => {
    // The browser tells violations of the policy here, too.
    if (['error', 'warning'].includes(message.type())) {
      complain(`console: ${message.text()} ${message.location().url}`);
    }
  });
  page.on('pageerror', (error) => {
    complain(`uncaught: ${error.message}`);
  });
  page.on('dialog', (dialog) => {
    complain(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const { host } = new URL(url);
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.host !== host && !['data:', 'blob:'].includes(asked.protocol)) {
      complain(`elsewhere: ${request.url()}`);
    }
  });
  await prepare?.(page);
  await page.goto(url);
  return {
    page,
    complaints: () => complaints,
    close: async () => {
      await context.close();
      expect(complaints).toEqual([]);
    },
  };
}

/** Rules that axe finds broken, with where. Beside the policy: axe is no part of the page. */
export async function violations(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(axe.source);
  const found: AxeResults = await page.evaluate('axe.run()');
  return found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

/** Whether the page is wider than its window. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

/** A picture to look at, in .build/pictures. */
export async function picture(page: Page, name: string): Promise<void> {
  const path = join(PICTURES, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
}

/** Replaces what an editor holds, as somebody does who pastes: filling it would go past the editor. */
export async function paste(editor: Locator, text: string): Promise<void> {
  await editor.press('Control+a');
  // The editor has the focus, within a shadow root; the tests have no types of the page's own world.
  const asPasted = `(pasted) => {
    let element = document.activeElement;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const options = { clipboardData, bubbles: true, cancelable: true };
    element.dispatchEvent(new ClipboardEvent('paste', options));
  }`;
  await editor.page().evaluate(`(${asPasted})(${JSON.stringify(text)})`);
}
