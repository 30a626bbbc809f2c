import type { AlertKind } from '../domain/alert-policy';
import type { Alerting, NamedTier, TierOverride } from '../domain/slo';
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
const USUAL_OF_MISSING_DATA = 'critical';

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
  const severities = alerting.at('severities').mapping();
  const off = alerting.at('disabled').flag() === true || alerting.at('burnrates').flag() === false;
  const read = TIERS.map((tiers) => readTiers(tiers, severities, off));
  const named = read.flatMap(({ slow }) => slow);
  return {
    runbook: readRunbook(runbookAmong(metadata.at('annotations').mapping(), PYRRA_PREFIX)),
    labels,
    tiers: read.map(({ tier }) => tier),
    ...(named.length === 0 ? {} : { named }),
    ...readNoData(alerting, severities),
  };
}

/** The quicker one's severity is that of its kind; a slower one that has another bears it by its name. */
function readTiers(
  { kind, keys, usual }: Tiers,
  severities: Field,
  disabled: boolean,
): { readonly tier: TierOverride; readonly slow: readonly NamedTier[] } {
  const severity = severities.at(keys[0]).text() ?? usual;
  const other = severities.at(keys[1]).text() ?? usual;
  const slow: NamedTier = {
    ...{ name: `${kind}-slow`, kind, severity: other, disabled: false },
    ...{ longSeconds: null, shortSeconds: null, fires: null },
  };
  return { tier: { kind, severity, disabled }, slow: other === severity ? [] : [slow] };
}

/** Pyrra's alert about missing data is SLONoData here. */
function readNoData(alerting: Field, severities: Field): Pick<Alerting, 'noData'> {
  const disabled = alerting.at('absent').flag() === false;
  const severity = severities.at('absent').text() ?? USUAL_OF_MISSING_DATA;
  return { noData: { severity, disabled } };
}
