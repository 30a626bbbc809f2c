import type { AlertKind } from '../../domain/alert-policy';
import type { SeverityTier } from '../../domain/alert-tiers';
import { formatSeconds } from '../../domain/duration';
import { NO_DATA_AFTER_SECONDS } from '../../domain/status';
import { lookBacksOf } from '../../evaluation/look-back';
import { SLO_METRICS } from '../../metrics/names';
import { anyOf } from '../../promql/quoting';
import { formatSelector, type Matcher, type Selector } from '../../promql/selector';
import { ALERT_NAMES } from '../alert';
import { all, either, over, readBack, series } from './expression';
import type { AlertingRule } from './rule';
import { severityIfWanted, type SloRules, tierText } from './slo-rules';
import { labelValue } from './template';

/**
 * Alerts on the metrics that this service exposes: it has counted, judged what is missing and taken
 * out what is excluded; Prometheus only compares. Replicas export the same series, so each is taken
 * once, and labels of the scrape stay out of the alerts.
 *
 * @param at epoch seconds; calendar windows have the tiers of their period
 */
export function gaugeRules(of: SloRules, at: number): readonly AlertingRule[] {
  const { slo } = of;
  const { tiers } = lookBacksOf(slo, at);
  const burns =
    slo.window.kind === 'rolling'
      ? tiers.map((severe) => burnAlert(of, severe))
      : calendarAlerts(of, tiers);
  const exhausted = severityIfWanted(slo, 'exhausted');
  const noData = severityIfWanted(slo, 'noData');
  return [
    ...burns,
    ...(exhausted === null ? [] : [exhaustedAlert(of, exhausted)]),
    ...(noData === null ? [] : [noDataAlert(of, noData)]),
  ];
}

function burnAlert(of: SloRules, severe: SeverityTier): AlertingRule {
  const { tier, severity } = severe;
  const { windows, long: longText, short: shortText, factor } = tierText(severe);
  const burn = (window: string) => series(SLO_METRICS.burnRate.name, { ...of.identity, window });
  const [long, short] = [burn(longText), burn(shortText)];
  const held = series(SLO_METRICS.firing.name, {
    ...of.identity,
    severity,
    long: longText,
    short: shortText,
  });
  const guard = tier.kind === 'page' ? guards(of, longText) : [];
  const fires = all([
    `${once(of, long)} > ${factor}`,
    `${once(of, short)} > ${factor}`,
    ...guard.map(({ condition }) => condition),
  ]);
  // Where too little was seen to know the burn, its series is absent and the alert stays as it is.
  const stays = `${once(of, held)} == 1\nunless\n(${once(of, long)} and ${once(of, short)})`;
  const built = [long, short, held, ...guard.flatMap(({ selectors }) => selectors)];
  return {
    alert: ALERT_NAMES.burn,
    expr: readBack(either([fires, stays]), built),
    labels: of.labels(ALERT_NAMES.burn, { kind: tier.kind, severity }, windows),
    annotations: of.burnAnnotations({ long: longText, short: shortText }, factor),
  };
}

/**
 * A calendar window's periods differ in length, and so do their factors: the service compares. One rule
 * does for all tiers, unless pages bear other labels than tickets: then each kind's severities have their own.
 */
function calendarAlerts(of: SloRules, tiers: readonly SeverityTier[]): readonly AlertingRule[] {
  const severities = new Map<string, AlertKind>();
  for (const { tier, severity } of tiers) {
    if (!severities.has(severity)) severities.set(severity, tier.kind);
  }
  const byLabels = new Map<string, { readonly labels: Labels; readonly severities: string[] }>();
  for (const [severity, kind] of severities) {
    const { severity: _, ...labels } = of.labels(ALERT_NAMES.burn, { kind, severity });
    const key = JSON.stringify(labels);
    const known = byLabels.get(key) ?? { labels, severities: [] };
    byLabels.set(key, known);
    known.severities.push(severity);
  }
  return [...byLabels.values()].map((each) =>
    calendarAlert(of, each.labels, byLabels.size === 1 ? [] : each.severities),
  );
}

type Labels = AlertingRule['labels'];

/** @param only of the severities; none for all of them */
function calendarAlert(of: SloRules, labels: Labels, only: readonly string[]): AlertingRule {
  const whole = series(SLO_METRICS.firing.name, of.identity);
  const among: Matcher = { label: 'severity', op: '=~', value: anyOf([...only].sort()) };
  const firing = only.length === 0 ? whole : { ...whole, matchers: [...whole.matchers, among] };
  const by = [...of.by, 'severity', 'long', 'short'].join(', ');
  const windows = { long: labelValue('long'), short: labelValue('short') };
  return {
    alert: ALERT_NAMES.burn,
    expr: readBack(`max by (${by}) (${formatSelector(firing)}) == 1`, [firing]),
    labels,
    annotations: of.burnAnnotations(windows, null),
  };
}

interface Guard {
  readonly condition: string;
  readonly selectors: readonly Selector[];
}

/**
 * Nobody is woken by fewer events over the long window. A counter that was not there when the
 * window began is taken whole, so that the first hour after a start can page.
 */
function guards(of: SloRules, long: string): readonly Guard[] {
  const { minEvents, minBadEvents } = of.slo;
  const total = series(SLO_METRICS.total.name, of.identity);
  const good = series(SLO_METRICS.good.name, of.identity);
  const within = (counter: Selector) => {
    const text = formatSelector(counter);
    return `max by (${of.by.join(', ')}) (${text} - ${text} offset ${long} or ${text})`;
  };
  return [
    ...(minEvents === null
      ? []
      : [{ condition: `${within(total)} >= ${minEvents}`, selectors: [total] }]),
    ...(minBadEvents === null
      ? []
      : [
          {
            condition: `${within(total)} - ${within(good)} >= ${minBadEvents}`,
            selectors: [total, good],
          },
        ]),
  ];
}

function exhaustedAlert(of: SloRules, severity: string): AlertingRule {
  const remaining = series(SLO_METRICS.remaining.name, of.identity);
  return {
    alert: ALERT_NAMES.exhausted,
    expr: readBack(`${once(of, remaining, 'min')} <= 0`, [remaining]),
    labels: of.labels(ALERT_NAMES.exhausted, { kind: 'ticket', severity }),
    annotations: of.exhaustedAnnotations(),
  };
}

/** An SLO that nothing was ever seen of has no age: it is waited for as long. */
function noDataAlert(of: SloRules, severity: string): AlertingRule {
  const age = series(SLO_METRICS.dataAge.name, of.identity);
  const defined = series(SLO_METRICS.objective.name, of.identity);
  const late = formatSeconds(NO_DATA_AFTER_SECONDS);
  const by = `by (${of.by.join(', ')})`;
  const before = `max ${by} (${formatSelector(defined)} offset ${late})`;
  const ever = `max ${by} (max_over_time(${over(age, late)}))`;
  const expr = either([
    `${once(of, age, 'min')} > ${NO_DATA_AFTER_SECONDS}`,
    `${once(of, defined)}\nand\n${before}\nunless\n${ever}`,
  ]);
  return {
    alert: ALERT_NAMES.noData,
    expr: readBack(expr, [age, defined]),
    labels: of.labels(ALERT_NAMES.noData, { kind: 'ticket', severity }),
    annotations: of.noDataAnnotations(),
  };
}

/** One series for each group, whatever the scrape adds to it. */
function once({ by }: SloRules, selector: Selector, which: 'max' | 'min' = 'max'): string {
  return `${which} by (${by.join(', ')}) (${formatSelector(selector)})`;
}
