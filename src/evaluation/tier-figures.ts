import { type AlertTier, tierFires } from '../domain/alert-policy';
import type { SeverityTier } from '../domain/alert-tiers';
import type { Slo } from '../domain/slo';
import { badOf, type Tally } from '../domain/tally';
import type { BurnFigure, Guard, TierFigure } from './figures';

/** Since when a tier has been firing, epoch seconds; null when it was not. */
export type FiringSince = (tier: AlertTier, severity: string) => number | null;

/** The alert tiers of an SLO, by the burn of their windows. */
export function tierFigures(
  slo: Slo,
  burn: readonly BurnFigure[],
  scale: bigint,
  tiers: readonly SeverityTier[],
  firingSince: FiringSince,
): readonly TierFigure[] {
  const figures: TierFigure[] = [];
  for (const { tier, severity } of tiers) {
    const long = burnOver(burn, tier.longSeconds);
    const short = burnOver(burn, tier.shortSeconds);
    if (long === undefined || short === undefined) continue;
    // Missing data holds the state: it neither fires nor resolves.
    const unknown = long.burnRate === null || short.burnRate === null;
    const burns = !unknown && tierFires(tier, slo.objective, long.events, short.events);
    const heldBy = burns && tier.kind === 'page' ? holding(slo, long.events, scale) : null;
    const mayFire = unknown || (burns && heldBy === null);
    const since = mayFire ? firingSince(tier, severity) : null;
    const firing = mayFire && (!unknown || since !== null);
    figures.push({ tier, severity, long, short, firing, since, heldBy });
  }
  return figures;
}

/** Without a closure: it is asked eight times for each of thousands of SLOs. */
function burnOver(burn: readonly BurnFigure[], seconds: number): BurnFigure | undefined {
  for (const each of burn) if (each.windowSeconds === seconds) return each;
  return undefined;
}

/** Three failures of four requests at night wake nobody where the SLO says so. */
export function enoughToPage(slo: Slo, events: Tally, scale: bigint): boolean {
  return holding(slo, events, scale) === null;
}

/** The guard that there were too few events for; null when there were enough to wake someone. */
function holding(slo: Slo, events: Tally, scale: bigint): Guard | null {
  if (events.total < BigInt(slo.minEvents ?? 0) * scale) return 'minEvents';
  return badOf(events) < BigInt(slo.minBadEvents ?? 0) * scale ? 'minBadEvents' : null;
}
