import type { DemoProcess } from './demo-process';

/** The environment variable by which test files know the demo. */
export const DEMO_URL = 'DEMO_URL';

/** What the set-up leaves for the tear-down, which Jest loads apart from it. */
export function kept(): { demo?: DemoProcess } {
  const place = globalThis as { slowburnDemo?: { demo?: DemoProcess } };
  return (place.slowburnDemo ??= {});
}
