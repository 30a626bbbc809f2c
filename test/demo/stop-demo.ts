import { kept } from './kept-demo';

/** Jest's global tear-down. */
export default async function tearDown(): Promise<void> {
  await kept().demo?.stop();
}
