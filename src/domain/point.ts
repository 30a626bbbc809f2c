import { toMillisecond } from './instant';
import type { Tally } from './tally';

/**
 * What a stream had counted up to an instant: good, total and covered seconds, all cumulative.
 *
 * A stream's origin is arbitrary (history arrives after the present did), so a point alone means
 * nothing and may be negative; only differences do.
 */
export interface Point extends Tally {
  /** Epoch seconds. */
  readonly at: number;
}

/** What points belong to; its name is only made where somebody has to be told it. */
export interface Pointed {
  readonly service: string;
  readonly name: string;
  readonly group: Readonly<Record<string, string>> | null;
}

/** For people: `shop/api`, and of a group `shop/api{"pod":"a"}`. */
export function nameOf({ service, name, group }: Pointed): string {
  return `${service}/${name}${group === null ? '' : JSON.stringify(group)}`;
}

/** Two points of one stream contradict each other: a bug or a damaged table, never a fact of the source. */
export class LedgerContradiction extends Error {
  constructor(earlier: Point, later: Point, stream: Pointed) {
    super(
      `stream ${nameOf(stream)} goes back between ${toMillisecond(earlier.at)} and ${toMillisecond(later.at)}: ` +
        `good ${earlier.good} to ${later.good}, total ${earlier.total} to ${later.total}, ` +
        `covered ${earlier.coveredSeconds} to ${later.coveredSeconds}`,
    );
    this.name = 'LedgerContradiction';
  }
}

/**
 * The events in (earlier, later]: two look-ups and a subtraction, whatever the length.
 *
 * @throws LedgerContradiction when anything would be negative, or more good than total
 */
export function between(earlier: Point, later: Point, stream: Pointed): Tally {
  const good = later.good - earlier.good;
  const total = later.total - earlier.total;
  const coveredSeconds = later.coveredSeconds - earlier.coveredSeconds;
  if (earlier.at > later.at || good < 0n || total < good || coveredSeconds < 0) {
    throw new LedgerContradiction(earlier, later, stream);
  }
  return { good, total, coveredSeconds };
}
