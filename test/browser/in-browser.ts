import type { Browser, Page } from 'playwright-core';
import { openPage, type PageOptions, startChromium, type Watched } from './chromium';
import type { ServedWorld } from './served-world';

/** A world and a browser for all tests of a file, and the page that a test has open. */
export interface Scene<W extends ServedWorld> {
  /** @throws Error before the first test */
  readonly world: W;
  /** Watched until the test ends, which any complaint fails; see `openPage`. */
  open(url: string, options?: PageOptions): Promise<Page>;
  /** Of the page that is open. */
  complaints(): readonly string[];
}

/** Starts both before the first test and ends what was started after the last. */
export function inBrowser<W extends ServedWorld>(start: () => Promise<W>): Scene<W> {
  let world: W | undefined;
  let browser: Browser | undefined;
  let opened: Watched | undefined;
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
  return {
    get world() {
      return started(world);
    },
    open: async (url, options) => {
      opened = await openPage(started(browser), url, options);
      return opened.page;
    },
    complaints: () => started(opened).complaints(),
  };
}

function started<T>(what: T | undefined): T {
  if (what === undefined) throw new Error('nothing is started before the first test');
  return what;
}
