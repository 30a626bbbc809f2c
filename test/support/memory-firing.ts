import { type Group, type Slo, sloId } from '../../src/domain/slo';
import type { AlertTier } from '../../src/domain/alert-policy';
import type { Figures } from '../../src/evaluation/figures';
import { type FiringNow, FiringTiers } from '../../src/evaluation/firing';

/** What fires, as the figures said that were kept last. */
export class MemoryFiring extends FiringTiers {
  private firing = new Map<string, number>();

  keep(figures: readonly Figures[]): void {
    this.firing = new Map(
      figures.flatMap(({ slo, group, tiers }) =>
        tiers.flatMap(({ tier, severity, since }) =>
          since === null ? [] : [[keyOf(slo, group, tier, severity), since] as const],
        ),
      ),
    );
  }

  override now(): Promise<FiringNow> {
    const { firing } = this;
    return Promise.resolve({
      since: (slo, group, tier, severity) => firing.get(keyOf(slo, group, tier, severity)) ?? null,
    });
  }
}

function keyOf(slo: Slo, group: Group, tier: AlertTier, severity: string): string {
  const windows = [tier.longSeconds, tier.shortSeconds];
  return JSON.stringify([sloId(slo), group, slo.objective.text, severity, ...windows]);
}
