import type { Page } from 'playwright-core';
import type { PageOptions } from '../browser/chromium';
import { inBrowser, type Scene, type World } from '../browser/in-browser';
import { eventually } from '../support/service-ledger';
import { DEMO_URL } from './kept-demo';

/** The demo in a browser, and what its API says at the same time. */
export interface DemoScene extends Scene<World> {
  /** A page once its heading and all that it asks for are there. */
  visit(path: string, options?: PageOptions): Promise<Page>;
  /** An answer of its API. */
  api<T>(path: string, init?: RequestInit): Promise<T>;
  /** The same, asked until it is right. */
  apiUntil<T>(path: string, right: (answer: T) => boolean): Promise<T>;
}

export function onDemo(): DemoScene {
  const scene = inBrowser(() => Promise.resolve(world()));
  const api = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const answer = await fetch(scene.world.service.url + path, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return (text === '' ? null : JSON.parse(text)) as T;
  };
  // What it holds is a getter of the scene's, which a copy would ask too early.
  return Object.assign(Object.create(scene) as Scene<World>, {
    api,
    apiUntil: <T>(path: string, right: (answer: T) => boolean) =>
      eventually(path, () => api<T>(path), right),
    visit: async (path: string, options?: PageOptions) => {
      const page = await scene.open(path, options);
      await page.locator('h1').waitFor();
      await settled(page);
      return page;
    },
  });
}

/** Nothing of a page is loading, or being drawn, any more. */
export async function settled(page: Page): Promise<void> {
  const loading = page.getByRole('status').filter({ hasText: /^(Loading|Carregando) …$/ });
  await loading.first().waitFor({ state: 'detached' });
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

function world(): World {
  const url = process.env[DEMO_URL];
  if (url === undefined) throw new Error(`${DEMO_URL} is not set: npm run test:demo starts a demo`);
  return { service: { url }, dispose: () => Promise.resolve() };
}
