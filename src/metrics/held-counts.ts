import { sloId } from '../domain/slo';
import { unscaled } from '../domain/tally';
import type { Figures } from '../evaluation/figures';
import { MadeOnce } from '../evaluation/made-once';

/** Events since the ledger began to count. */
export interface Counts {
  readonly good: number;
  readonly bad: number;
  readonly total: number;
}

const NOTHING: Counts = { good: 0, bad: 0, total: 0 };

/**
 * Counters never go back: a correction downward holds the value that was already told. A new
 * revision of what is counted goes on from the old one's by itself, since the count does.
 */
export class HeldCounts {
  private readonly told = new Map<string, Counts & { readonly slo: string }>();
  private readonly keys = new MadeOnce(({ slo, group }) => {
    const id = sloId(slo);
    return { slo: id, row: `${id} ${JSON.stringify(group)}` };
  });

  /** In the order of the figures. SLOs that are not among them are forgotten. */
  of(all: readonly Figures[]): readonly Counts[] {
    const present = new Set(all.map((figures) => this.keys.of(figures).slo));
    for (const [row, { slo }] of this.told) if (!present.has(slo)) this.told.delete(row);
    return all.map((figures) => this.held(figures));
  }

  private held(figures: Figures): Counts {
    const { lifetime, scale } = figures;
    const { slo, row } = this.keys.of(figures);
    const before = this.told.get(row) ?? NOTHING;
    const told = {
      good: Math.max(before.good, unscaled(lifetime.good, scale)),
      bad: Math.max(before.bad, unscaled(lifetime.total - lifetime.good, scale)),
      total: Math.max(before.total, unscaled(lifetime.total, scale)),
      slo,
    };
    this.told.set(row, told);
    return told;
  }
}
