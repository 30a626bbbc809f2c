import { severityOf } from '../../src/domain/alert-tiers';
import type { Slo } from '../../src/domain/slo';

/** Every severity that alerts of an SLO may have. */
export function alertTierSeverities({ alerting }: Slo): readonly string[] {
  const named = (alerting.named ?? []).flatMap(({ severity }) => severity ?? []);
  const others = [alerting.exhausted?.severity, alerting.noData?.severity];
  const disabled = alerting.tiers.filter((tier) => tier.disabled).map(({ kind }) => kind);
  const kinds = (['page', 'ticket'] as const)
    .filter((kind) => !disabled.includes(kind))
    .map((kind) => severityOf(alerting, kind));
  return [...kinds, ...named, ...others].filter((severity) => severity != null);
}
