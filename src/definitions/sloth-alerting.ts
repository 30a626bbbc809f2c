import type { AlertKind } from '../domain/alert-policy';
import type { Alerting, TierOverride } from '../domain/slo';
import type { Field } from './foreign-field';
import { labelsOf, runbookAmong } from './foreign-names';
import { checkRunbook } from './native-alerting';

/** Sloth's two alerts become the tiers of the same kind; of a tier only its severity is its own. */
export function readSlothAlerting(alerting: Field): Alerting {
  alerting.at('name').drop('alerts are called SLOErrorBudgetBurn, labels tell them apart');
  const { severity, ...labels } = labelsOf(alerting.at('labels'));
  return {
    runbook: readRunbook(runbookAmong(alerting.at('annotations').mapping())),
    labels,
    tiers: [
      readTier('page', alerting.either('page_alert', 'pageAlert').mapping(), severity),
      readTier('ticket', alerting.either('ticket_alert', 'ticketAlert').mapping(), severity),
    ],
  };
}

function readTier(kind: AlertKind, tier: Field, common: string | undefined): TierOverride {
  const own = tier.at('labels').mapping().at('severity').text();
  const severity = [own, common].find((each) => each !== null && each !== undefined && each !== '');
  return { kind, severity: severity ?? kind, disabled: tier.at('disable').flag() ?? false };
}

/** A runbook that a browser may follow, or null. */
export function readRunbook(field: Field | null): string | null {
  const runbook = field?.text() ?? null;
  if (field === null || runbook === null || runbook === '') return null;
  field.attempt(() => {
    checkRunbook(runbook);
  });
  return runbook;
}
