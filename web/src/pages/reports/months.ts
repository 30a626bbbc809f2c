import type { ListedReportView } from '../../../../src/reports/closed-reports.dto';

/** A month that has a report: the latest of those that are closed, or none yet. */
export interface MonthRow {
  /** `2026-10`. */
  readonly month: string;
  readonly isOver: boolean;
  readonly closed: ListedReportView | null;
}

/** The month that runs, the one before it, and all that are closed; the latest first. */
export function monthRows(closed: readonly ListedReportView[], now: number): readonly MonthRow[] {
  const running = monthOf(now);
  const names = new Set([running, monthBefore(running), ...closed.map(({ month }) => month)]);
  return [...names]
    .sort()
    .reverse()
    .map((month) => ({
      month,
      isOver: month < running,
      closed: latestOf(closed, month),
    }));
}

export function latestOf(
  closed: readonly ListedReportView[],
  month: string,
): ListedReportView | null {
  const revisions = closed.filter((report) => report.month === month);
  return revisions.sort((a, b) => b.revision - a.revision)[0] ?? null;
}

/** Whether a text names a month of the calendar: `2026-13` does not. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** By UTC: the service knows its own zone, and says so in the report. */
export function monthOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 7);
}

function monthBefore(month: string): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return monthOf(date.getTime());
}
