/** Time in milliseconds since 1970, from exclusive, to inclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** `window` is the SLO's own; a span is one that somebody chose. */
export const NAMED_RANGES = ['window', '24h', '3d', '7d', '30d'] as const;
export type NamedRange = (typeof NAMED_RANGES)[number];
export type Range = NamedRange | Span;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Figures are kept at five minutes. */
export const GRID_MS = 5 * MINUTE;

const LENGTHS: Readonly<Record<Exclude<NamedRange, 'window'>, number>> = {
  '24h': DAY,
  '3d': 3 * DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
};

/** What an address says; the SLO window where it says nothing that can be read. */
export function rangeOf(query: URLSearchParams): Range {
  const [from, to] = [Date.parse(query.get('from') ?? ''), Date.parse(query.get('to') ?? '')];
  if (from < to) return snapped({ from, to });
  const name = query.get('range');
  return NAMED_RANGES.find((each) => each === name) ?? 'window';
}

/** The same for the address; null takes a parameter out of it. */
export function rangeQuery(range: Range): Readonly<Record<'range' | 'from' | 'to', string | null>> {
  if (typeof range !== 'string') {
    return { range: null, from: instant(range.from), to: instant(range.to) };
  }
  return { range: range === 'window' ? null : range, from: null, to: null };
}

/** @param window of the budget, which ends at the last instant that was counted */
export function spanOf(range: Range, window: Span): Span {
  if (typeof range !== 'string') return range;
  const to = Math.floor(window.to / GRID_MS) * GRID_MS;
  const from =
    range === 'window' ? Math.floor(window.from / GRID_MS) * GRID_MS : to - LENGTHS[range];
  return { from: Math.min(from, to - GRID_MS), to };
}

/** On the five-minute grid, outward, and never empty. */
export function snapped({ from, to }: Span): Span {
  const start = Math.floor(from / GRID_MS) * GRID_MS;
  return { from: start, to: Math.max(start + GRID_MS, Math.ceil(to / GRID_MS) * GRID_MS) };
}

/** Three times as long, around the same middle, up to an end. */
export function widened({ from, to }: Span, end: number): Span {
  const length = to - from;
  const last = Math.min(end, to + length);
  return snapped({ from: last - 3 * length, to: last });
}

/** Half a span earlier (-1) or later (1), not beyond an end. */
export function moved({ from, to }: Span, steps: -1 | 1, end: number): Span {
  const by = Math.min((steps * (to - from)) / 2, end - to);
  return snapped({ from: from + by, to: to + by });
}

/** More points than a wide screen has pixels for are not asked for. */
const MOST_POINTS = 900;
const STEPS = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY];

/** Seconds from one point of a chart to the next. */
export function stepSeconds({ from, to }: Span): number {
  const step = STEPS.find((each) => (to - from) / each <= MOST_POINTS) ?? 7 * DAY;
  return step / SECOND;
}

/** RFC 3339 without what is zero anyway. */
export function instant(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** What a field of the browser for date and time holds, by local clocks or by UTC. */
export function fieldText(at: number, isUtc: boolean): string {
  const shift = isUtc ? 0 : new Date(at).getTimezoneOffset() * MINUTE;
  return new Date(at - shift).toISOString().slice(0, 16);
}

/** And back; NaN for what is no time. */
export function fieldTime(text: string, isUtc: boolean): number {
  return Date.parse(isUtc ? `${text}Z` : text);
}
