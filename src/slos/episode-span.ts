import { DAY_SECONDS } from '../domain/duration';
import { InvalidInput } from '../http/invalid-input';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import { askedInstant, foundInstant } from './asked-instant';
import type { EpisodesQuery } from './episodes.dto';
import type { Present } from './present';
import type { FoundSlo } from './slo-finder';

const LONGEST_SECONDS = 100 * DAY_SECONDS;

/**
 * On the five-minute grid; `from` is null for the SLO window that ends at `to`.
 *
 * @throws InvalidInput when the span is empty or too long, or asked for in two ways
 */
export function episodeSpan(
  { at, from, to }: Pick<EpisodesQuery, 'at' | 'from' | 'to'>,
  entry: Pick<FoundSlo, 'retiredAt'>,
  present: Present,
): { readonly from: number | null; readonly to: number } {
  if (at !== undefined && (from !== undefined || to !== undefined)) {
    const allowed = 'at alone, which means one SLO window, or from and to';
    throw new InvalidInput([{ field: 'at', value: at, allowed }]);
  }
  const end = floorTo(
    foundInstant(entry, at ?? to, present, at === undefined ? 'to' : 'at'),
    GRID_SECONDS,
  );
  if (from === undefined) return { from: null, to: end };
  const start = floorTo(askedInstant(from, present, 'from'), GRID_SECONDS);
  if (start < end && end - start <= LONGEST_SECONDS) return { from: start, to: end };
  const allowed = 'an instant before "to", by 100 days at most';
  throw new InvalidInput([{ field: 'from', value: from, allowed }]);
}
