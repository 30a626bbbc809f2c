import type { Params } from './match-path';

/** What a page is told of its address. */
export interface PageProps {
  readonly params: Params;
}
