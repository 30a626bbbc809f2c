import type { AlertKind } from '../domain/alert-policy';
import type { Alerting, TierOverride } from '../domain/slo';
import type { Field } from './foreign-field';
import { labelsOf, runbookAmong, textsOf } from './foreign-names';
import { checkRunbook, ownLabels } from './native-alerting';

/** See docs/alerts.md. */
const OWN_ANNOTATIONS = ['summary', 'description', 'dashboard_url'];

/** Sloth's two alerts become the tiers of the same kind, with their severities and labels. */
export function readSlothAlerting(alerting: Field): Alerting {
  alerting.at('name').drop('alerts are called SLOErrorBudgetBurn, labels tell them apart');
  const { severity, ...labels } = labelsOf(alerting.at('labels'));
  const annotations = alerting.at('annotations').mapping();
  const runbook = runbookAmong(annotations);
  return {
    runbook: readRunbook(runbook),
    labels,
    ...readAnnotations(annotations, runbook),
    tiers: [
      readTier('page', alerting.either('page_alert', 'pageAlert').mapping(), severity),
      readTier('ticket', alerting.either('ticket_alert', 'ticketAlert').mapping(), severity),
    ],
  };
}

/** Annotations that the alerts have already, and what Prometheus would have filled in. */
function readAnnotations(annotations: Field, runbook: Field | null): Pick<Alerting, 'annotations'> {
  const keys = annotations
    .keys()
    .filter((key) => key !== runbook?.key && !isDropped(annotations.at(key)));
  return keys.length === 0 ? {} : { annotations: textsOf(annotations, keys) };
}

function isDropped(annotation: Field): boolean {
  const isOwn = OWN_ANNOTATIONS.includes(annotation.key);
  const isTemplate = String(annotation.value).includes('{{');
  if (isOwn) annotation.drop('alerts have one of that name, made of figures');
  else if (isTemplate) annotation.drop('templates are not filled in here');
  return isOwn || isTemplate;
}

function readTier(kind: AlertKind, tier: Field, common: string | undefined): TierOverride {
  const { severity: own, ...labels } = labelsOf(tier.at('labels'));
  const severity = [own, common].find((each) => each !== undefined && each !== '');
  const disabled = tier.at('disable').flag() ?? false;
  return { kind, severity: severity ?? kind, disabled, ...ownLabels(labels) };
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
