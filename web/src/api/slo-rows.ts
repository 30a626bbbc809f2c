import type { SloRow } from '../../../src/slos/view-types';
import { allPages } from './all-pages';
import { type Asked, useLoaded } from './answers';

const LIST = '/api/v1/slos?limit=1000';

/**
 * Every row of the list, one per SLO or group. Whoever wants them asks here: an answer is shared by its
 * path, and one page of it under the same path would be taken for all rows.
 */
export function useSloRows(isWanted = true): Asked<readonly SloRow[]> {
  return useLoaded(isWanted ? LIST : null, load);
}

const load = (signal: AbortSignal) => allPages<SloRow>(LIST, signal);
