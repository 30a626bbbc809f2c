import type { Treatment, WrittenExclusion } from './exclusion';
import { occurrencesOf } from './occurrences';
import type { Span } from './slo-window';

/** Time whose events are treated otherwise: those in (from, to], both on a grid. */
export interface Cut extends Span {
  readonly treatment: Treatment;
}

/** What an exclusion cut out of a window. */
export interface Touched extends Span {
  /** How often it was in effect. */
  readonly occurrences: number;
  /** For how long, where its occurrences do not overlap. */
  readonly seconds: number;
}

/**
 * The union of exclusions over a span: ascending, and no two overlap. Where `drop` and `countGood`
 * overlap, `drop` wins, in whatever order they were made: what is taken out can no longer count as
 * good.
 *
 * Edges are rounded outward to the grid, so that a step is excluded as a whole as soon as a second
 * of it is: 02:03 to 02:58 becomes 02:00 to 03:00.
 *
 * @param within ends cuts that lie across its own ends
 * @param gridSeconds 300, or more where slices are longer
 */
export function cutsOf(
  exclusions: readonly Pick<WrittenExclusion, 'when' | 'treatment'>[],
  within: Span,
  gridSeconds: number,
): readonly Cut[] {
  const of = (treatment: Treatment) =>
    union(
      exclusions
        .filter((exclusion) => exclusion.treatment === treatment)
        .flatMap(({ when }) => roundedOccurrences(when, within, gridSeconds)),
    );
  const dropped = of('drop');
  return [
    ...dropped.map((span): Cut => ({ ...span, treatment: 'drop' })),
    ...without(of('countGood'), dropped).map((span): Cut => ({ ...span, treatment: 'countGood' })),
  ].sort((a, b) => a.from - b.from);
}

/** What an exclusion did to a span, as rounded; null where it did not touch it. */
export function touchedBy(
  { when }: Pick<WrittenExclusion, 'when'>,
  span: Span,
  gridSeconds: number,
): Touched | null {
  const spans = rounded(occurrencesOf(when, widened(span, gridSeconds)), gridSeconds).filter(
    ({ from, to }) => from < span.to && to > span.from,
  );
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return null;
  const seconds = spans.reduce(
    (sum, { from, to }) => sum + Math.min(to, span.to) - Math.max(from, span.from),
    0,
  );
  return { from: first.from, to: last.to, occurrences: spans.length, seconds };
}

/** Outward: never a second less than was asked for. */
export function rounded(spans: readonly Span[], gridSeconds: number): readonly Span[] {
  return spans.map(({ from, to }) => ({
    from: Math.floor(from / gridSeconds) * gridSeconds,
    to: Math.ceil(to / gridSeconds) * gridSeconds,
  }));
}

function roundedOccurrences(
  when: WrittenExclusion['when'],
  within: Span,
  gridSeconds: number,
): readonly Span[] {
  return rounded(occurrencesOf(when, widened(within, gridSeconds)), gridSeconds).flatMap(
    ({ from, to }) => {
      const cut = { from: Math.max(from, within.from), to: Math.min(to, within.to) };
      return cut.from < cut.to ? [cut] : [];
    },
  );
}

/** Rounding reaches into a span from beside it. */
function widened({ from, to }: Span, gridSeconds: number): Span {
  return { from: from - gridSeconds, to: to + gridSeconds };
}

function union(spans: readonly Span[]): readonly Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What is left of spans; neither list has overlaps, both ascend. */
function without(spans: readonly Span[], taken: readonly Span[]): readonly Span[] {
  return spans.flatMap(({ from, to }) => {
    const left: Span[] = [];
    let begin = from;
    for (const hole of taken) {
      if (hole.to <= begin || hole.from >= to) continue;
      if (hole.from > begin) left.push({ from: begin, to: hole.from });
      begin = Math.max(begin, hole.to);
    }
    if (begin < to) left.push({ from: begin, to });
    return left;
  });
}
