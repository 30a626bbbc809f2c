import { startDemo } from './demo-process';
import { DEMO_URL, kept } from './kept-demo';

/** Jest's global set-up: one demo for all files of the run, or the one at DEMO_URL, which is left running. */
// eslint-disable-next-line no-restricted-exports -- Jest calls the default one
export default async function setUp(): Promise<void> {
  if (process.env[DEMO_URL] !== undefined) return;
  const demo = await startDemo();
  kept().demo = demo;
  process.env[DEMO_URL] = demo.url;
}
