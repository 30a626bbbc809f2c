import { labelsOfKind } from '../domain/alert-tiers';
import { carriedLabels } from '../domain/carried-labels';
import { formatSeconds } from '../domain/duration';
import { type Group, type Slo, sloId } from '../domain/slo';
import type { Figures } from '../evaluation/figures';
import { ALERT_NAMES, type AlertFigures, type AlertIdentity, type NewAlert } from './alert';

/** What receivers of an alert are given to route by, and to read. */
export interface AlertText {
  labels(of: Figures, alert: LabelledAlert): Readonly<Record<string, string>>;
  annotations(
    of: Figures,
    alert: AlertIdentity,
    figures: AlertFigures,
  ): Readonly<Record<string, string>>;
}

/** What labels of an alert are made of. */
type LabelledAlert = Pick<NewAlert, 'alertname' | 'kind' | 'severity' | 'windows'>;

/** What links of alerts begin with, without a slash at its end. */
export interface LinkBases {
  /** Where people reach this service. */
  readonly externalUrl: string;
  /** Where runbooks are that are written as a path. */
  readonly runbookBaseUrl: string;
}

export function textOf({ externalUrl, runbookBaseUrl }: LinkBases): AlertText {
  return {
    labels: ({ slo, group }, alert) => labelsOf(slo, group, alert),
    annotations: (of, alert, figures) => ({
      ...of.slo.alerting.annotations,
      summary: summary(of, alert, figures),
      description: description(of, alert, figures),
      ...(of.slo.alerting.runbook === null
        ? {}
        : { runbook_url: runbookUrl(of.slo.alerting.runbook, runbookBaseUrl) }),
      dashboard_url: dashboardUrl(externalUrl, of.slo, of.group),
    }),
  };
}

/**
 * Labels that name the SLO come before those of its group, which come before those that the
 * definition writes: on every alert of one SLO the same names mean the same.
 */
export function labelsOf(
  slo: Slo,
  group: Group,
  { alertname, kind, severity, windows }: LabelledAlert,
): Readonly<Record<string, string>> {
  return {
    ...slo.labels,
    ...(slo.team === null ? {} : { team: slo.team }),
    ...labelsOfKind(slo.alerting, kind),
    ...carriedLabels(slo, group, []),
    alertname,
    service: slo.service,
    slo: slo.name,
    severity,
    ...(windows === null
      ? {}
      : { long: formatSeconds(windows.longSeconds), short: formatSeconds(windows.shortSeconds) }),
  };
}

/** The SLO's page in the dashboard. */
export function dashboardUrl(externalUrl: string, slo: Slo, group: Group): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(group ?? {})) query.set(`label.${name}`, value);
  const chosen = query.size === 0 ? '' : `?${query.toString()}`;
  return `${externalUrl}/slos/${slo.service}/${slo.name}${chosen}`;
}

/** A runbook may be an address, or a path below where they are kept. */
export function runbookUrl(runbook: string, runbookBaseUrl: string): string {
  return /^https?:/i.test(runbook) ? runbook : `${runbookBaseUrl}/${runbook.replace(/^\/+/, '')}`;
}

function summary(
  { slo, group }: Figures,
  { alertname, windows }: AlertIdentity,
  { burnShort, burnLong }: AlertFigures,
): string {
  const name = sloName(slo, group);
  if (alertname === ALERT_NAMES.noData) return `Nothing is known of ${name}`;
  if (alertname === ALERT_NAMES.exhausted) return `The error budget of ${name} is spent`;
  const rate = Math.min(burnLong ?? Infinity, burnShort ?? Infinity);
  const window = formatSeconds(windows?.longSeconds ?? 0);
  return `${name} burns its error budget ${rounded(rate)} times too fast over ${window}`;
}

function description(
  { slo, budget, dataAgeSeconds }: Figures,
  { alertname, windows }: AlertIdentity,
  { bad, total, burnLong, burnShort, remainingRatio }: AlertFigures,
): string {
  const left =
    remainingRatio === null
      ? ''
      : ` ${rounded(100 * remainingRatio)} % of the error budget of ${formatSeconds(budget.windowSeconds)} is left.`;
  if (alertname === ALERT_NAMES.noData) {
    const since =
      dataAgeSeconds === null ? 'ever since it is defined' : `for ${formatSeconds(dataAgeSeconds)}`;
    return `The source was not seen ${since}, so it cannot be told how the SLO does.${left}`;
  }
  const share = `${counted(bad)} of ${counted(total)} events were bad`;
  const allowed = `objective ${rounded(100 * slo.objective.ratio)} %`;
  if (windows === null) {
    return `Over the SLO window ${share}, more than ${allowed} allows.${left}`;
  }
  const [long, short] = [formatSeconds(windows.longSeconds), formatSeconds(windows.shortSeconds)];
  return (
    `Over the last ${long} ${share}: ${rounded(burnLong)} times what ${allowed} allows, ` +
    `and ${rounded(burnShort)} times over the last ${short}; it fires above ${rounded(windows.factor)}.${left}`
  );
}

/** `service/name{label="value"}`. */
function sloName(slo: Slo, group: Group): string {
  const labels = Object.entries(group ?? {}).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  );
  return sloId(slo) + (labels.length === 0 ? '' : `{${labels.join(', ')}}`);
}

function rounded(value: number | null): string {
  return value === null ? 'unknown' : String(Number(value.toPrecision(3)));
}

function counted(value: number | null): string {
  return value === null ? 'unknown' : String(Math.round(value));
}
