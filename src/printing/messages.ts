import type { Report, SloReport } from '../reports/report';

/** To the thread: SLOs, and at last what is around them. */
export type Handed =
  { readonly slos: readonly SloReport[] } | { readonly around: Omit<Report, 'slos'> };

/** From the thread, which waits after each piece until it may go on. */
export type Said =
  { readonly kind: 'piece'; readonly piece: string | Uint8Array } | { readonly kind: 'end' };

export const GO_ON = 'go on';
