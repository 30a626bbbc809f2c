import type { SloRow } from '../../../src/slos/view-types';

export type Status = SloRow['status'];

/** The worst first; of what is not known one cannot be calm, so that it comes before what is. */
export const STATUSES: readonly Status[] = [
  'exhausted',
  'critical',
  'at_risk',
  'no_data',
  'healthy',
];
