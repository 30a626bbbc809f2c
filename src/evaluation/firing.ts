import type { AlertTier } from '../domain/alert-policy';
import type { Group, Slo } from '../domain/slo';

/** Which tiers fire, as it is kept for all replicas: what missing data holds. */
export abstract class FiringTiers {
  abstract now(): Promise<FiringNow>;
}

export interface FiringNow {
  /** Epoch seconds since when a tier fires; null when it does not, or did by another objective. */
  since(slo: Slo, group: Group, tier: AlertTier, severity: string): number | null;
}
