import { DAY_SECONDS } from '../domain/duration';
import type { Span } from '../domain/slo-window';
import { InvalidInput } from '../http/invalid-input';
import { GRID_SECONDS } from '../ledger/grid';
import { askedInstant } from './asked-instant';
import type { Present } from './present';
import type { WhatIfQuery } from './what-if.dto';

const USUAL_SECONDS = 30 * DAY_SECONDS;
const LONGEST_SECONDS = 100 * DAY_SECONDS;

/** @throws InvalidInput when the span is empty or longer than 100 days */
export function whatIfSpan(query: WhatIfQuery, present: Present): Span {
  const floored = (at: number) => Math.floor(at / GRID_SECONDS) * GRID_SECONDS;
  const to = askedInstant(query.to, present, 'to');
  const from = floored(
    query.from === undefined ? to - USUAL_SECONDS : askedInstant(query.from, present, 'from'),
  );
  if (from >= floored(to) || to - from > LONGEST_SECONDS) {
    const allowed = 'an instant before "to", by 100 days at most';
    throw new InvalidInput([{ field: 'from', value: query.from ?? null, allowed }]);
  }
  return { from, to };
}
