import { kept } from './kept-demo';

/** Jest's global tear-down. */
// eslint-disable-next-line no-restricted-exports -- Jest calls the default one
export default async function tearDown(): Promise<void> {
  await kept().demo?.stop();
}
