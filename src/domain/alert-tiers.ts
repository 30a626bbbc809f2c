import {
  type AlertKind,
  type AlertTier,
  canFire,
  defaultTiers,
  tierAtShare,
  type TierShare,
} from './alert-policy';
import { parseDecimal } from './decimal';
import type { Alerting, NamedTier, Slo } from './slo';

/** A tier that an SLO alerts on, with what the SLO calls its severity. */
export interface SeverityTier {
  readonly tier: AlertTier;
  readonly severity: string;
}

/** What a share of the budget and a burn rate may be written as. */
export const ALLOWED_SHARE = 'a share of the budget above 0% and up to 100%, such as 2% or 0.02';
export const ALLOWED_FACTOR = 'a burn rate above 0, such as 14.4';

/**
 * The tiers of an SLO: the default ones of its window, as far as they are not written otherwise, and
 * its own. Written windows stand as they are; a share gives another factor in another window:
 *
 *     factor = share x period / long window
 *
 * `page-quick: { share: 5% }` of a 30-day SLO: 36 over 1h and 5m.
 *
 * @param periodSeconds length of the SLO window
 * @returns those that are not switched off, also those that could never fire
 */
export function wantedTiers(alerting: Alerting, periodSeconds: number): readonly SeverityTier[] {
  const named = alerting.named ?? [];
  const defaults = defaultTiers(periodSeconds);
  const isDefault = (name: string) => defaults.some((usual) => usual.name === name);
  const usual = defaults.map((tier): Wanted => {
    const written = named.find(({ name }) => name === tier.name);
    return written === undefined ? { ...USUALLY, ...tier } : asWritten(written, tier);
  });
  const own = named
    .filter(({ name }) => !isDefault(name))
    .map((written) => asWritten(written, NO_DEFAULT));
  return [...usual, ...own].flatMap((wanted) => settled(alerting, wanted, periodSeconds));
}

/** The tiers that can fire. */
export function tiersInForce(
  { alerting, objective }: Pick<Slo, 'alerting' | 'objective'>,
  periodSeconds: number,
): readonly SeverityTier[] {
  return wantedTiers(alerting, periodSeconds).filter(({ tier }) => canFire(tier, objective));
}

/** What an SLO calls alerts of this kind. */
export function severityOf({ tiers }: Alerting, kind: AlertKind): string {
  return tiers.find((each) => each.kind === kind)?.severity ?? kind;
}

/** The labels of an SLO's alerts of this kind. */
export function labelsOfKind(
  { labels, tiers }: Alerting,
  kind: AlertKind,
): Readonly<Record<string, string>> {
  return { ...labels, ...tiers.find((each) => each.kind === kind)?.labels };
}

/** A tier before it is known what its kind is called, and whether it is wanted. */
interface Wanted extends TierShare {
  readonly severity: string | null;
  readonly disabled: boolean;
  readonly factor: string | null;
}

const USUALLY = { severity: null, disabled: false, factor: null };
/** What an own tier does not say; whoever reads a definition sees to it that it says all. */
const NO_DEFAULT = {
  longSeconds: NaN,
  shortSeconds: NaN,
  share: { numerator: 1n, denominator: 1n },
};

function asWritten(
  { name, kind, severity, disabled, longSeconds, shortSeconds, fires }: NamedTier,
  usual: Pick<TierShare, 'longSeconds' | 'shortSeconds' | 'share'>,
): Wanted {
  return {
    ...{ name, kind, severity, disabled },
    longSeconds: longSeconds ?? usual.longSeconds,
    shortSeconds: shortSeconds ?? usual.shortSeconds,
    share:
      fires !== null && 'share' in fires
        ? parseDecimal('share', fires.share, ALLOWED_SHARE)
        : usual.share,
    factor: fires !== null && 'factor' in fires ? fires.factor : null,
  };
}

function settled(
  alerting: Alerting,
  wanted: Wanted,
  periodSeconds: number,
): readonly SeverityTier[] {
  const ofKind = alerting.tiers.find(({ kind }) => kind === wanted.kind);
  const incomplete = Number.isNaN(wanted.longSeconds) || Number.isNaN(wanted.shortSeconds);
  if (wanted.disabled || ofKind?.disabled === true || incomplete) return [];
  const tier = tierAtShare(wanted, periodSeconds);
  const factor =
    wanted.factor === null ? tier.factor : parseDecimal('factor', wanted.factor, ALLOWED_FACTOR);
  const severity = wanted.severity ?? severityOf(alerting, wanted.kind);
  return [{ tier: { ...tier, factor }, severity }];
}
