/** Months of the calendar by UTC, as addresses have them: `2026-11`. */
export function thisMonth(): string {
  return new Date().toISOString().slice(0, 7);
}

export function lastMonth(): string {
  const date = new Date();
  // The 31st of a month before a short one would be in the month after it.
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return date.toISOString().slice(0, 7);
}
