import {
  defaultTiers,
  SHORTEST_WINDOW_SECONDS,
  WINDOW_GRAIN_SECONDS,
} from '../domain/alert-policy';
import { ALLOWED_FACTOR, ALLOWED_SHARE } from '../domain/alert-tiers';
import { parseDecimal } from '../domain/decimal';
import { formatSeconds, parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import type { NamedTier } from '../domain/slo';
import type { Findings } from './findings';
import type { NativeNamedTier } from './native-document';

const DEFAULTS = defaultTiers(SHORTEST_WINDOW_SECONDS);
export const DEFAULT_TIER_NAMES: readonly string[] = DEFAULTS.map(({ name }) => name);

/** The written tiers, each by its name: a default one's says what differs, an own one's says all. */
export function readNamedTiers(
  tiers: Readonly<Record<string, NativeNamedTier>>,
  findings: Findings,
): readonly NamedTier[] {
  return Object.entries(tiers).flatMap(([name, tier]): readonly NamedTier[] => {
    const path = ['alerting', 'tiers', name];
    const usual = DEFAULTS.find((each) => each.name === name);
    if (usual !== undefined && tier.kind !== undefined && tier.kind !== usual.kind) {
      findings.error(
        [...path, 'kind'],
        `${name} is a ${usual.kind}, allowed: another name for a ${tier.kind}`,
      );
    }
    if (usual === undefined) checkWhole(name, tier, path, findings);
    const fires = readFires(tier, path, findings);
    return [
      {
        name,
        kind: usual?.kind ?? tier.kind ?? 'ticket',
        severity: tier.severity ?? null,
        disabled: tier.disabled ?? false,
        longSeconds: readWindow(tier.long, [...path, 'long'], findings),
        shortSeconds: readWindow(tier.short, [...path, 'short'], findings),
        fires,
      },
    ];
  });
}

function checkWhole(
  name: string,
  tier: NativeNamedTier,
  path: readonly string[],
  findings: Findings,
): void {
  const missing = (['kind', 'long', 'short'] as const).filter((key) => tier[key] === undefined);
  const names = DEFAULTS.map((usual) => usual.name).join(', ');
  if (tier.share === undefined && tier.factor === undefined) {
    findings.error(path, `${name} has neither share nor factor; the default tiers are ${names}`);
  }
  for (const key of missing) {
    findings.error(path, `${name} has no ${key}; the default tiers are ${names}`);
  }
}

function readFires(
  { share, factor }: NativeNamedTier,
  path: readonly string[],
  findings: Findings,
): NamedTier['fires'] {
  if (share !== undefined && factor !== undefined) {
    findings.error(
      path,
      'share and factor are both there, allowed: one of them, since it gives the other',
    );
    return null;
  }
  if (share !== undefined) {
    const text = findings.written([...path, 'share']);
    findings.attempt([...path, 'share'], () => {
      const { numerator, denominator } = parseDecimal('share', text, ALLOWED_SHARE);
      if (numerator > denominator) throw new InvalidValue('share', text, ALLOWED_SHARE);
    });
    return { share: text };
  }
  if (factor === undefined) return null;
  const text = findings.written([...path, 'factor']);
  findings.attempt([...path, 'factor'], () => {
    if (text.includes('%')) throw new InvalidValue('factor', text, ALLOWED_FACTOR);
    parseDecimal('factor', text, ALLOWED_FACTOR);
  });
  return { factor: text };
}

/** The ledger keeps five-minute points of the past, on which tiers are replayed. */
function readWindow(
  written: string | undefined,
  path: readonly string[],
  findings: Findings,
): number | null {
  if (written === undefined) return null;
  return findings.attempt([...path], () => {
    const seconds = parseSeconds(written);
    if (seconds > 0 && seconds % WINDOW_GRAIN_SECONDS === 0) return seconds;
    const grain = formatSeconds(WINDOW_GRAIN_SECONDS);
    throw new InvalidValue(
      String(path.at(-1)),
      written,
      `whole multiples of ${grain}, such as 30m`,
    );
  });
}
