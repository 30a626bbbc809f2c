import { type AlertTier, tierFires } from '../domain/alert-policy';
import type { SeverityTier } from '../domain/alert-tiers';
import type { Slo } from '../domain/slo';
import { badOf, type Tally } from '../domain/tally';
import type { BurnFigure, TierFigure } from './figures';

/** Since when a tier has been firing, epoch seconds; null when it was not. */
export type FiringSince = (tier: AlertTier) => number | null;

/** The alert tiers of an SLO, by the burn of their windows. */
export function tierFigures(
  slo: Slo,
  burn: readonly BurnFigure[],
  scale: bigint,
  tiers: readonly SeverityTier[],
  firingSince: FiringSince,
): readonly TierFigure[] {
  return tiers.flatMap(({ tier, severity }) => {
    const long = burn.find(({ windowSeconds }) => windowSeconds === tier.longSeconds);
    const short = burn.find(({ windowSeconds }) => windowSeconds === tier.shortSeconds);
    if (long === undefined || short === undefined) return [];
    const since = firingSince(tier);
    // Missing data holds the state: it neither fires nor resolves.
    const unknown = long.burnRate === null || short.burnRate === null;
    const firing = unknown
      ? since !== null
      : tierFires(tier, slo.objective, long.events, short.events) &&
        (tier.kind !== 'page' || enoughToPage(slo, long.events, scale));
    return [{ tier, severity, long, short, firing, since: firing ? since : null }];
  });
}

/** Three failures of four requests at night wake nobody where the SLO says so. */
export function enoughToPage(slo: Slo, events: Tally, scale: bigint): boolean {
  return (
    events.total >= BigInt(slo.minEvents ?? 0) * scale &&
    badOf(events) >= BigInt(slo.minBadEvents ?? 0) * scale
  );
}
