const DAY_SECONDS = 86_400;
/** What SLO windows reach back to. */
const LONGEST_WINDOW_SECONDS = 30 * DAY_SECONDS;
/** So that the first step that counts has a step before it. */
const BEFORE_SECONDS = 2 * 3_600;

/**
 * Where a history begins that ends now: before the SLO windows that end now, and before last month, so that
 * the report of that month is of a whole one. At most 62 days and two hours back.
 *
 * @param now epoch seconds
 */
export function historyStart(now: number): number {
  return Math.min(now - LONGEST_WINDOW_SECONDS, lastMonth(now).from) - BEFORE_SECONDS;
}

/** The last month of the calendar that is over, in UTC: `2026-10` and its span in epoch seconds. */
export function lastMonth(now: number): {
  readonly name: string;
  readonly from: number;
  readonly to: number;
} {
  const today = new Date(now * 1000);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const from = Date.UTC(year, month - 1, 1);
  return {
    name: new Date(from).toISOString().slice(0, 7),
    from: from / 1000,
    to: Date.UTC(year, month, 1) / 1000,
  };
}
