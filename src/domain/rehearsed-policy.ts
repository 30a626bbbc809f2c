import { type AlertKind, type AlertTier, WINDOW_GRAIN_SECONDS } from './alert-policy';
import { ALLOWED_FACTOR, ALLOWED_SHARE } from './alert-tiers';
import { parseDecimal } from './decimal';
import { InvalidValue } from './invalid-value';

/** A tier as somebody writes it who asks what it would have done. */
export interface RehearsedTier {
  readonly kind: AlertKind;
  /** Null: what alerts of its kind are called. */
  readonly severity: string | null;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** As decimal text: a share of the budget, or a burn rate. */
  readonly fires: { readonly share: string } | { readonly factor: string };
  /** How long both windows must burn before it fires. */
  readonly forSeconds: number;
}

/** Alert tiers that are compared with others. */
export interface RehearsedPolicy {
  readonly name: string;
  readonly tiers: readonly RehearsedTier[];
  /** Null: no page is held back; undefined: as the SLO says. */
  readonly minEvents?: number | null;
  readonly minBadEvents?: number | null;
}

/**
 * A written tier for a budget period, with windows as history can replay them: rounded up to five
 * minutes. A share's factor is that of the rounded length.
 *
 *     factor = share x period / long window
 *
 * Pyrra's first one for 30 days, 14 over 64m and 5m: 14 over 65m and 5m.
 *
 * @throws InvalidValue for a share or factor that is none, and windows the wrong way round
 */
export function settledTier(tier: RehearsedTier, name: string, periodSeconds: number): AlertTier {
  const longSeconds = onGrid(tier.longSeconds);
  const shortSeconds = onGrid(tier.shortSeconds);
  if (tier.shortSeconds >= tier.longSeconds) {
    throw new InvalidValue('short', tier.shortSeconds, `below long, ${tier.longSeconds} s`);
  }
  const { fires } = tier;
  if ('factor' in fires) {
    const factor = parseDecimal('factor', fires.factor, ALLOWED_FACTOR);
    return { name, kind: tier.kind, longSeconds, shortSeconds, factor };
  }
  const share = parseDecimal('share', fires.share, ALLOWED_SHARE);
  if (share.numerator > share.denominator) {
    throw new InvalidValue('share', fires.share, ALLOWED_SHARE);
  }
  const factor = {
    numerator: share.numerator * BigInt(Math.round(periodSeconds)),
    denominator: share.denominator * BigInt(longSeconds),
  };
  return { name, kind: tier.kind, longSeconds, shortSeconds, factor };
}

function onGrid(seconds: number): number {
  return Math.ceil(seconds / WINDOW_GRAIN_SECONDS) * WINDOW_GRAIN_SECONDS;
}
