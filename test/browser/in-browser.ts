import type { Browser, Page } from 'playwright-core';
import { openPage, type PageOptions, startChromium, type Watched } from './chromium';
import type { RunningService } from '../support/service';
import { ADMIN_TOKEN } from './served-world';

/** A service that is looked at, and whatever it needs. */
export interface World {
  readonly service: Pick<RunningService, 'url'>;
  /** The same ledger behind another service that asks for tokens. */
  guarded?(): Promise<RunningService>;
  dispose(): Promise<void>;
}

/** A world and a browser for all tests of a file, and the page that a test has open. */
export interface Scene<W extends World> {
  /** @throws Error before the first test */
  readonly world: W;
  /**
   * Watched until the test ends, which any complaint fails; see `openPage`.
   *
   * @param address of the world's service; a whole one for another service
   */
  open(address: string, options?: PageOptions): Promise<Page>;
  /** The same of the service that asks for tokens, with a new one of a role. */
  signInAs(role: 'viewer' | 'editor', path: string, options?: PageOptions): Promise<Page>;
  /** Of the page that is open. */
  complaints(): readonly string[];
}

/** Starts both before the first test and ends what was started after the last. */
export function inBrowser<W extends World>(start: () => Promise<W>): Scene<W> {
  let world: W | undefined;
  let browser: Browser | undefined;
  let opened: Watched | undefined;
  let guarded: Promise<RunningService> | undefined;
  beforeAll(async () => {
    browser = await startChromium();
    world = await start();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.dispose();
  });
  afterEach(async () => {
    const last = opened;
    opened = undefined;
    await last?.close();
  });
  const open = async (address: string, options?: PageOptions) => {
    const { href } = new URL(address, started(world).service.url);
    opened = await openPage(started(browser), href, options);
    return opened.page;
  };
  return {
    get world() {
      return started(world);
    },
    open,
    signInAs: async (role, path, options) => {
      guarded ??= started(world).guarded?.();
      const { url } = started(await guarded);
      const token = await newToken(url, role);
      const page = await open(url + path, options);
      await page.locator('input[type=password]').fill(token);
      await page.keyboard.press('Enter');
      return page;
    },
    complaints: () => started(opened).complaints(),
  };
}

async function newToken(url: string, role: string): Promise<string> {
  const made = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: `a-${role}`, role }),
  });
  const { token } = (await made.json()) as { readonly token: string };
  return token;
}

function started<T>(what: T | undefined): T {
  if (what === undefined) throw new Error('nothing of the kind is started');
  return what;
}
