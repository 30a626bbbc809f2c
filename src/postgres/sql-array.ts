/**
 * An array parameter as PostgreSQL writes it. One array a column makes four or eight parameters of
 * any number of rows; the driver's own way, a quoted text for each element, takes twice the time.
 */
export function numbers(values: Iterable<number | bigint | null>): string {
  let text = '';
  for (const value of values) text += text === '' ? String(value) : `,${String(value)}`;
  return `{${text}}`;
}

/** UTC days, given as epoch seconds, as a `date[]`. */
export function dates(days: Iterable<number>): string {
  return `{${Array.from(days, dateText).join(',')}}`;
}

/** The UTC date of an instant, `2026-11-20`. */
export function dateText(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}
