import type { Exclusion } from '../domain/exclusion-scope';
import type { Watermark } from '../ledger/ledger';
import type { Figures } from './figures';

/** The latest figures of all SLOs, one entry per group; replaced as a whole after every tick. */
export interface Snapshot {
  readonly figures: readonly Figures[];
  /** Epoch seconds at which it was computed; null before the first evaluation. */
  readonly evaluatedAt: number | null;
  readonly evaluationSeconds: number | null;
  /** What was excluded when it was computed, as `ExclusionsInForce` gave it. */
  readonly excluding?: readonly Exclusion[];
  /** How far the streams were that it was computed from, by their revision. */
  readonly reached?: ReadonlyMap<string, Watermark>;
}

/** Holds the snapshot between ticks; a cache, never a source of truth. */
export class Board {
  private snapshot: Snapshot = { figures: [], evaluatedAt: null, evaluationSeconds: null };

  current(): Snapshot {
    return this.snapshot;
  }

  replace(snapshot: Snapshot): void {
    this.snapshot = snapshot;
  }
}
