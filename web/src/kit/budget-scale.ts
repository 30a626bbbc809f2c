/** What a bar shows of an overspent budget; more is cut off, and marked so. */
const LOWEST = -0.5;
const HIGHEST = 1;

/** Places on a bar, each 0 to 1 from the left. */
export interface BudgetBarPlaces {
  readonly zero: number;
  /** Where the remaining budget ends; from `zero` to it is filled. */
  readonly end: number;
  /** More is overspent than the bar shows. */
  readonly isCut: boolean;
  /** Between the worst and the best that unseen time could have made of it; null where all was seen. */
  readonly band: { readonly from: number; readonly to: number } | null;
}

/**
 * @param remainingRatio signed: -0.2 means a fifth of a budget too much was spent
 *
 *     barPlaces(1, null, null).end = 1     barPlaces(0, null, null).end = 1/3
 */
export function barPlaces(
  remainingRatio: number,
  worst: number | null,
  best: number | null,
): BudgetBarPlaces {
  const from = placeOf(worst ?? remainingRatio);
  const to = placeOf(best ?? remainingRatio);
  return {
    zero: placeOf(0),
    end: placeOf(remainingRatio),
    isCut: remainingRatio < LOWEST,
    band: to - from < LEAST_BAND ? null : { from, to },
  };
}

/** Narrower ones would be a line that says nothing. */
const LEAST_BAND = 0.01;

function placeOf(ratio: number): number {
  return (Math.min(HIGHEST, Math.max(LOWEST, ratio)) - LOWEST) / (HIGHEST - LOWEST);
}
