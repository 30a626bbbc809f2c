import type { AlertTier } from '../domain/alert-policy';
import type { Slo } from '../domain/slo';
import type { Stream } from '../ledger/stream';
import type { TierFigure } from './figures';

/** Which tiers fire since when, by stream; another objective is another question. */
export class Firing {
  private readonly byStream = new Map<number, ReadonlyMap<string, number>>();
  private readonly objectives = new Map<number, string>();

  of({ id }: Stream, { objective }: Slo): ReadonlyMap<string, number> | null {
    if (this.objectives.get(id) !== objective.text) return null;
    return this.byStream.get(id) ?? null;
  }

  keep({ id }: Stream, { objective }: Slo, tiers: readonly TierFigure[]): void {
    const firing = tiers.flatMap(({ tier, since }): (readonly [string, number])[] =>
      since === null ? [] : [[tierKey(tier), since]],
    );
    this.objectives.set(id, objective.text);
    this.byStream.set(id, new Map(firing));
  }
}

export function tierKey({ longSeconds, shortSeconds }: AlertTier): string {
  return `${longSeconds} ${shortSeconds}`;
}
