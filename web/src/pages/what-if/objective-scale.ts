/** Ratios are counted in ten-millionths here, so that 99.95 % is a whole number. */
const WHOLE = 10_000_000;
const PER_PERCENT = WHOLE / 100;
/** Half of all events, down to a fifth of them. */
const COARSE = [50, 40, 30, 20].map((percent) => percent * PER_PERCENT);
/** A tenth, a hundredth, … of all events. */
const DECADES = [100_000, 10_000, 1_000, 100];
const PLACES = [100, 90, 80, 70, 60, 50, 40, 30, 25, 20, 15];
const STRICTEST = 100;

/** Error budgets that people choose, each smaller than the one before: 50 % to 0.001 %. */
const BUDGETS: readonly number[] = [
  ...COARSE,
  ...DECADES.flatMap((unit) => PLACES.map((place) => (place * unit) / 10)),
  STRICTEST,
];

/** Of a slider on which each step to the right takes about a tenth of the budget away. */
export const LAST_STOP = BUDGETS.length - 1;

/**
 * The objective at a stop of the slider, with its sign.
 *
 *     objectiveAt(4) = '90%'     objectiveAt(LAST_STOP) = '99.999%'
 */
export function objectiveAt(stop: number): string {
  const budget = BUDGETS[Math.min(LAST_STOP, Math.max(0, Math.round(stop)))] ?? STRICTEST;
  return `${String((WHOLE - budget) / PER_PERCENT)}%`;
}

/** The stop that is nearest, by how many times one budget is the other. */
export function stopOf(ratio: number): number {
  const far = (budget: number) => Math.abs(Math.log(budget / (Math.max(0, 1 - ratio) * WHOLE)));
  return BUDGETS.reduce((best, budget, k) => (far(budget) < far(BUDGETS[best] ?? 1) ? k : best), 0);
}

/**
 * What was typed, as the service reads it, or null: `99.9`, `99,9 %` and `0.999` are the same.
 * Up to one it is a ratio, unless a percent sign says otherwise.
 */
export function readObjective(typed: string): string | null {
  const [, digits, sign] = /^\s*(\d{1,3}(?:[.,]\d{1,12})?)\s*(%?)\s*$/.exec(typed) ?? [];
  if (digits === undefined) return null;
  const text = digits.replace(',', '.');
  const isRatio = sign === '' && Number(text) <= 1;
  const ratio = isRatio ? Number(text) : Number(text) / 100;
  if (!(ratio > 0 && ratio < 1)) return null;
  return isRatio ? text : `${text}%`;
}

/** @param objective as `readObjective` gives it */
export function ratioOf(objective: string): number {
  const number = Number.parseFloat(objective);
  return objective.endsWith('%') ? number / 100 : number;
}
