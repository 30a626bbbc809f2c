import type { AlertKind } from '../domain/alert-policy';
import type { Alerting, TierOverride } from '../domain/slo';
import type { Field } from './foreign-field';
import { runbookAmong } from './foreign-names';
import { readRunbook } from './sloth-alerting';

/** Pyrra hands on what bears this prefix, without it; other labels are for Kubernetes alone. */
export const PYRRA_PREFIX = 'pyrra.dev/';

interface Tiers {
  readonly kind: AlertKind;
  /** Pyrra's two tiers of a kind, quicker first. */
  readonly keys: readonly [string, string];
  readonly usual: string;
}

const TIERS: readonly Tiers[] = [
  { kind: 'page', keys: ['fastBurn', 'mediumBurn'], usual: 'critical' },
  { kind: 'ticket', keys: ['slowBurn', 'longTermBurn'], usual: 'warning' },
];

/**
 * Pyrra's severities are kept, also the usual ones, so that routes go on to match; so are the labels
 * that it puts on alerts.
 */
export function readPyrraAlerting(
  alerting: Field,
  metadata: Field,
  labels: Readonly<Record<string, string>>,
): Alerting {
  alerting.at('name').drop('alerts are called SLOErrorBudgetBurn, labels tell them apart');
  alerting.at('absentName').drop('the alert about missing data is called SLONoData');
  noteAbsent(alerting.at('absent'));
  const severities = alerting.at('severities').mapping();
  severities.at('absent').drop('the alert about missing data has no severity of its own');
  const off = alerting.at('disabled').flag() === true || alerting.at('burnrates').flag() === false;
  return {
    runbook: readRunbook(runbookAmong(metadata.at('annotations').mapping(), PYRRA_PREFIX)),
    labels,
    tiers: TIERS.map((tiers) => readTier(tiers, severities, off)),
  };
}

function readTier(
  { kind, keys, usual }: Tiers,
  severities: Field,
  disabled: boolean,
): TierOverride {
  const [quick, slow] = [severities.at(keys[0]), severities.at(keys[1])];
  const severity = quick.text() ?? usual;
  const other = slow.text() ?? usual;
  if (other !== severity) {
    (slow.present ? slow : quick).warning(
      `both ${kind} tiers have one severity here, ${severity}; not carried over: ${other} for ${keys[1]}`,
    );
  }
  return { kind, severity, disabled };
}

function noteAbsent(absent: Field): void {
  if (absent.flag() !== false) return;
  absent.warning('not carried over: missing data is always told');
}
