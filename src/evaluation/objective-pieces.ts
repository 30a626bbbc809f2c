import { Objective } from '../domain/objective';
import type { Slo } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import type { Tally } from '../domain/tally';
import type { ObjectiveSince } from '../ledger/definition-history';
import { GRID_SECONDS } from '../ledger/grid';

/** The objectives of an SLO over time, oldest first; empty where there was only ever one. */
export type ObjectiveChanges = readonly ObjectiveSince[];

/** A part of a window in which one objective was in force. */
export interface Piece extends Span {
  readonly objective: Objective;
}

/**
 * A window cut where the objective changed, on the five-minute grid that history is kept on. What
 * was counted before the first definition is judged by it.
 *
 * @param current the objective where none was ever another
 */
export function objectivePieces(
  current: Objective,
  changes: ObjectiveChanges,
  { from, to }: Span,
): readonly Piece[] {
  if (changes.length === 0) return [{ from, to, objective: current }];
  const starts = changes.map(({ since }, k) =>
    k === 0 ? -Infinity : Math.floor(since / GRID_SECONDS) * GRID_SECONDS,
  );
  const pieces = changes.flatMap(({ objective }, k): readonly Piece[] => {
    const piece = {
      from: Math.max(from, starts[k] ?? -Infinity),
      to: Math.min(to, starts[k + 1] ?? Infinity),
    };
    return piece.from < piece.to ? [{ ...piece, objective: Objective.parse(objective) }] : [];
  });
  return pieces.length === 0 ? [{ from, to, objective: current }] : pieces;
}

/** The objective that a window is judged by as a whole: each event by that of its time. */
export function objectiveOver(
  { objective }: Pick<Slo, 'objective'>,
  changes: ObjectiveChanges,
  span: Span,
  counted: (piece: Span) => Tally,
): Objective {
  const pieces = objectivePieces(objective, changes, span);
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only.objective;
  const judged = pieces.map((piece) => ({
    total: counted(piece).total,
    objective: piece.objective,
  }));
  const some = judged.some(({ total }) => total > 0n);
  return some ? Objective.weighted(judged) : (pieces.at(-1)?.objective ?? objective);
}
